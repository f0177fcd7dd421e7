import type { MessageClass } from '@repartee/contracts';

/** Hours of the day, by the person's clock, in which messages of a class do not leave on a channel. */
export interface QuietHours {
  channel: string;
  class: MessageClass;
  /** Minutes after midnight. `from` above `until` spans midnight. */
  from: number;
  until: number;
}

/** How far a zone's clocks are ahead of UTC at a moment, milliseconds; null where there is no such zone. */
export type ZoneOffset = (zone: string, at: number) => number | null;

const MINUTE = 60_000;
const DAY = 24 * 60;

/** What holds where nothing is configured: no marketing by text or call in the evening and at night. */
export const DEFAULT_QUIET_HOURS: readonly QuietHours[] = ['sms', 'call_center'].map((channel) => ({
  channel,
  class: 'marketing',
  from: 21 * 60,
  until: 8 * 60,
}));

function isQuiet({ from, until }: QuietHours, local: number): boolean {
  const minute = Math.floor(local / MINUTE) % DAY;
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

/**
 * When quiet hours that hold at `now` end: the first moment at which the person's clock shows their end, daylight
 * saving time considered. Where clocks leap over it, the moment of the leap or later; where they leap over all that is
 * not quiet that day, the end of the next.
 * @param offset of the person's zone at a moment
 * @returns milliseconds since the epoch; null when it is not quiet now
 */
export function quietUntil(hours: QuietHours, now: number, offset: (at: number) => number): number | null {
  const quietAt = (at: number) => isQuiet(hours, at + offset(at));
  let at = now;
  while (quietAt(at)) {
    const guess = at + untilClockShows(hours.until, at + offset(at));
    const exact = guess + offset(at) - offset(guess);
    at = exact > at && !quietAt(exact) ? exact : guess;
  }
  return at === now ? null : at;
}

/** How long a clock takes from `local` to the next time it shows `minute`, milliseconds; a day where it shows it now. */
function untilClockShows(minute: number, local: number): number {
  const day = DAY * MINUTE;
  const midnight = Math.floor(local / day) * day;
  const today = midnight + minute * MINUTE;
  return (today > local ? today : today + day) - local;
}

/** Whose clock counts. */
export interface PersonZone {
  zone: string;
  /** Whether it is the person's own; else it is the installation's. */
  known: boolean;
}

/** The zone of a person, as their traits tell; the installation's where they tell none that exists. */
export function zoneOf(traits: Record<string, unknown>, fallback: string, offset: ZoneOffset): PersonZone {
  const told = [traits['time_zone'], traits['timeZone'], traits['timezone']].find(
    (zone): zone is string => typeof zone === 'string' && offset(zone, 0) !== null,
  );
  return told === undefined ? { zone: fallback, known: false } : { zone: told, known: true };
}
