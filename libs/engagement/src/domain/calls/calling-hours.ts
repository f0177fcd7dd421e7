/** Hours in which people may be called, by the clock where they are. */
export interface CallingHours {
  /** Days of the week: 1 is Monday, 7 Sunday. */
  days: readonly number[];
  /** `HH:MM`, from and until. */
  from: string;
  until: string;
}

/** The law of one country. */
export interface CountryCalling {
  hours: readonly CallingHours[];
  /** Its time zones; where the person's is not known, all of them count. */
  zones: readonly string[];
}

const MINUTE = 60_000;
const STEP = 15 * MINUTE;
const DAY = 86_400_000;
const LOOK_AHEAD = 14 * DAY;

/**
 * The first moment from `now` on at which somebody may be called, on the quarter of an hour unless it is now; every
 * clock that may be theirs must allow it.
 * @param offsets of each zone: how far its clocks are ahead of UTC at a moment, milliseconds
 * @returns milliseconds since the epoch; null where there is none within two weeks
 */
export function callableFrom(
  now: number,
  hours: readonly CallingHours[],
  offsets: readonly ((at: number) => number)[],
): number | null {
  const allowed = (at: number) => offsets.every((offset) => isWithin(hours, at + offset(at)));
  if (allowed(now)) return now;
  for (let at = Math.ceil(now / STEP) * STEP; at <= now + LOOK_AHEAD; at += STEP) if (allowed(at)) return at;
  return null;
}

function isWithin(hours: readonly CallingHours[], local: number): boolean {
  const day = ((Math.floor(local / DAY) + 3) % 7) + 1;
  const minute = Math.floor((local % DAY) / MINUTE);
  return hours.some(
    ({ days, from, until }) => days.includes(day) && minute >= minutes(from) && minute < minutes(until),
  );
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
