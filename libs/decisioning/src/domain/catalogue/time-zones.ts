/** Offsets change at most at quarters of an hour. */
const BLOCK_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const periods = ['hour', 'day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

/** What time it is in the zones of the IANA database. Remembers formatters and offsets: both are dear to find. */
export class TimeZones {
  private readonly formats = new Map<string, Intl.DateTimeFormat | null>();
  private readonly offsets = new Map<string, { block: number; offset: number }>();

  /** How far a zone's clocks are ahead of UTC at a moment, milliseconds; null where there is no such zone. */
  offset(zone: string, at: number): number | null {
    const block = Math.floor(at / BLOCK_MS);
    const held = this.offsets.get(zone);
    if (held?.block === block) return held.offset;
    const format = this.formatOf(zone);
    if (format === null) return null;
    const start = block * BLOCK_MS;
    const offset = wallClock(format, start) - start;
    this.offsets.set(zone, { block, offset });
    return offset;
  }

  private formatOf(zone: string): Intl.DateTimeFormat | null {
    const held = this.formats.get(zone);
    if (held !== undefined) return held;
    const format = formatIn(zone);
    this.formats.set(zone, format);
    return format;
  }
}

function formatIn(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
}

/** What the clock on the wall shows, as if it were UTC. */
function wallClock(format: Intl.DateTimeFormat, at: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The name of the period a moment falls in: `2026-01-31T09`, `2026-01-31`, the Monday of its week, `2026-01`. */
export function periodName(period: Period, local: number): string {
  if (period === 'week') {
    const sinceMonday = (new Date(local).getUTCDay() + 6) % 7;
    return `w${new Date(local - sinceMonday * DAY_MS).toISOString().slice(0, 10)}`;
  }
  return new Date(local).toISOString().slice(0, { hour: 13, day: 10, month: 7 }[period]);
}

/** When the period that a moment falls in ends, by the clocks of a zone; milliseconds. */
export function periodEnd(period: Period, at: number, zone: string, zones: TimeZones): number {
  const local = new Date(at + (zones.offset(zone, at) ?? 0));
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  const sinceMonday = (local.getUTCDay() + 6) % 7;
  const end = {
    hour: () => Date.UTC(year, month, day, local.getUTCHours() + 1),
    day: () => Date.UTC(year, month, day + 1),
    week: () => Date.UTC(year, month, day + 7 - sinceMonday),
    month: () => Date.UTC(year, month + 1, 1),
  }[period]();
  // Clocks may be put forward or back before then.
  const first = end - (zones.offset(zone, at) ?? 0);
  return end - (zones.offset(zone, first) ?? 0);
}
