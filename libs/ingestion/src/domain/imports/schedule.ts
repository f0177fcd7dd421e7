import { fail, ok, type Result } from '@repartee/contracts';

/** The next time after `after` (both milliseconds since the epoch); undefined when there is none within four years. */
export type Schedule = (after: number) => number | undefined;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const FIELDS = [
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['day of month', 1, 31],
  ['month', 1, 12],
  ['day of week', 0, 7],
] as const;
const EVERY = /^every (\d{1,5}) minutes?$/;

/**
 * Reads a schedule: `every 15 minutes`, or five fields of cron (crontab(5): lists, ranges, steps; a day matches by its
 * date or by its weekday where both are given). Times are UTC.
 */
export function parseSchedule(text: string): Result<Schedule, string> {
  const every = EVERY.exec(text.trim())?.[1];
  if (every !== undefined) {
    const step = Number(every) * MINUTE;
    return step > 0
      ? ok((after) => (Math.floor(after / step) + 1) * step)
      : fail('it must be at least every minute');
  }
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length)
    return fail('a schedule is “every N minutes”, or five fields as cron has them');
  const sets: Set<number>[] = [];
  for (const [index, part] of parts.entries()) {
    const set = parseField(part, ...FIELDS[index as 0]);
    if (!set.ok) return set;
    sets.push(set.value);
  }
  return ok((after) => next(sets, parts[2] !== '*' && parts[4] !== '*', after));
}

function parseField(part: string, name: string, low: number, high: number): Result<Set<number>, string> {
  const values = new Set<number>();
  for (const item of part.split(',')) {
    const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(item);
    if (!match) return fail(`“${part}” is no ${name}`);
    const from = match[1] === undefined ? low : Number(match[1]);
    const to = match[2] !== undefined ? Number(match[2]) : match[1] === undefined || match[3] ? high : from;
    const step = Number(match[3] ?? 1);
    if (from < low || to > high || from > to || step < 1) return fail(`“${part}” is no ${name}`);
    for (let value = from; value <= to; value += step) values.add(name === 'day of week' ? value % 7 : value);
  }
  return ok(values);
}

function next(sets: readonly Set<number>[], eitherDay: boolean, after: number): number | undefined {
  const [minutes, hours, dates, months, weekdays] = sets as [
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
  ];
  const start = (Math.floor(after / MINUTE) + 1) * MINUTE;
  const midnight = Math.floor(start / DAY) * DAY;
  for (let day = 0; day <= 4 * 366; day += 1) {
    const at = new Date(midnight + day * DAY);
    const byDate = dates.has(at.getUTCDate());
    const byWeekday = weekdays.has(at.getUTCDay());
    if (!months.has(at.getUTCMonth() + 1) || !(eitherDay ? byDate || byWeekday : byDate && byWeekday))
      continue;
    for (let minute = 0; minute < DAY / MINUTE; minute += 1) {
      const time = at.getTime() + minute * MINUTE;
      if (time >= start && hours.has(Math.floor(minute / 60)) && minutes.has(minute % 60)) return time;
    }
  }
  return undefined;
}
