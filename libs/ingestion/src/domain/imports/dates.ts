import { fail, ok, type Result } from '@repartee/contracts';

/** A date as it was read: an instant, or a day without a time. */
export interface ReadDate {
  /** Milliseconds since the epoch; of a day its midnight in the time zone. */
  at: number;
  /** `2026-01-31` when there was no time of day. */
  day?: string;
}

export type DateReader = (text: string) => ReadDate | undefined;

/** Letters of a format and what they match, longest first (a part of Unicode TR 35). */
const TOKENS: readonly (readonly [string, string, string])[] = [
  ['yyyy', 'year', '\\d{4}'],
  ['yy', 'short', '\\d{2}'],
  ['MM', 'month', '\\d{2}'],
  ['M', 'month', '\\d{1,2}'],
  ['dd', 'day', '\\d{2}'],
  ['d', 'day', '\\d{1,2}'],
  ['HH', 'hour', '\\d{2}'],
  ['H', 'hour', '\\d{1,2}'],
  ['hh', 'half', '\\d{2}'],
  ['h', 'half', '\\d{1,2}'],
  ['mm', 'minute', '\\d{2}'],
  ['ss', 'second', '\\d{2}'],
  ['SSS', 'milli', '\\d{3}'],
  ['a', 'noon', '[AaPp]\\.?[Mm]\\.?'],
  ['XXX', 'offset', 'Z|[+-]\\d{2}:?\\d{2}'],
];
const ISO =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<milli>\d{1,9}))?)?\s?(?<offset>Z|[+-]\d{2}:?\d{2})?)?$/;
const MINUTE = 60_000;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;

/** Makes the reader of a format. @param timeZone IANA name, for times that name none themselves */
export function dateReader(format: string, timeZone: string): Result<DateReader, string> {
  if (format === 'unix') return ok(numeric(1000));
  if (format === 'unixms') return ok(numeric(1));
  const pattern = format === 'iso' ? ok(ISO) : patternOf(format);
  if (!pattern.ok) return pattern;
  const zone = zoneOf(timeZone);
  return ok((text) => {
    const groups = pattern.value.exec(text)?.groups;
    return groups && assemble(groups, zone);
  });
}

function numeric(unit: number): DateReader {
  return (text) => {
    const at = /^\d{1,16}(?:\.\d+)?$/.test(text) ? Math.round(Number(text) * unit) : Number.NaN;
    const year = new Date(at).getUTCFullYear();
    return year >= FIRST_YEAR && year <= LAST_YEAR ? { at } : undefined;
  };
}

function patternOf(format: string): Result<RegExp, string> {
  let source = '';
  const seen = new Set<string>();
  for (let at = 0; at < format.length;) {
    const token = TOKENS.find(([letters]) => format.startsWith(letters, at));
    if (token) {
      const [letters, name, matches] = token;
      if (seen.has(name)) return fail(`the date format “${format}” says ${letters} twice`);
      seen.add(name);
      source += `(?<${name}>${matches})`;
      at += letters.length;
    } else {
      const character = format.charAt(at);
      if (/[A-Za-z]/.test(character) && character !== 'T')
        return fail(`the date format “${format}” holds “${character}”, which means nothing`);
      source += character === ' ' ? '\\s+' : character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
      at += 1;
    }
  }
  const complete = (seen.has('year') || seen.has('short')) && seen.has('month') && seen.has('day');
  return complete
    ? ok(new RegExp(`^${source}$`))
    : fail(`the date format “${format}” needs a year, a month and a day`);
}

function assemble(groups: Record<string, string | undefined>, zone: Zone): ReadDate | undefined {
  const number = (name: string) => Number(groups[name] ?? 0);
  const year = groups['year'] === undefined ? century(number('short')) : number('year');
  const hour = groups['half'] === undefined ? number('hour') : halfDay(number('half'), groups['noon']);
  const [month, day, minute, second] = [number('month'), number('day'), number('minute'), number('second')];
  const milli = Number((groups['milli'] ?? '0').padEnd(3, '0').slice(0, 3));
  if (year < FIRST_YEAR || year > LAST_YEAR || hour > 23 || minute > 59 || second > 59) return undefined;
  const local = Date.UTC(year, month - 1, day, hour, minute, second, milli);
  const check = new Date(local);
  if (check.getUTCMonth() !== month - 1 || check.getUTCDate() !== day) return undefined;
  const at = local - offsetOf(groups['offset'], local, zone);
  const timed = groups['hour'] !== undefined || groups['half'] !== undefined;
  return timed ? { at } : { at, day: check.toISOString().slice(0, 10) };
}

/** Two digits: 69 to 99 are the last century (POSIX strptime). */
function century(short: number): number {
  return short >= 69 ? 1900 + short : 2000 + short;
}

function halfDay(hour: number, noon: string | undefined): number {
  if (hour < 1 || hour > 12) return 99;
  return (hour % 12) + (noon?.toLowerCase().startsWith('p') ? 12 : 0);
}

type Zone = { format: Intl.DateTimeFormat } | undefined;

function zoneOf(timeZone: string): Zone {
  if (timeZone === 'UTC') return undefined;
  return {
    format: new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }),
  };
}

/** Milliseconds that local time is ahead of UTC. */
function offsetOf(written: string | undefined, local: number, zone: Zone): number {
  if (written !== undefined) {
    if (written === 'Z') return 0;
    const sign = written.startsWith('-') ? -1 : 1;
    return sign * (Number(written.slice(1, 3)) * 60 + Number(written.slice(-2))) * MINUTE;
  }
  if (!zone) return 0;
  // The offset at the instant itself, found in two steps, because it is local time that is known.
  const first = ahead(zone.format, local);
  return ahead(zone.format, local - first);
}

function ahead(format: Intl.DateTimeFormat, instant: number): number {
  const parts = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}
