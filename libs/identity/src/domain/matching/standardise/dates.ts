import { toAscii } from './fold-text.js';

const MONTHS = [
  ['jan', 'ene', 'gen'],
  ['feb', 'fev'],
  ['mar', 'mae'],
  ['apr', 'abr', 'avr'],
  ['may', 'mai', 'mag'],
  ['jun', 'giu'],
  ['jul', 'lug'],
  ['aug', 'ago', 'aou'],
  ['sep', 'set'],
  ['oct', 'okt', 'ott', 'out'],
  ['nov'],
  ['dec', 'dez', 'dic'],
];
/** Dates that systems fill in where none is known. */
const PLACEHOLDER_DATES = new Set(['1900-01-01', '1899-12-31', '1111-11-11', '1800-01-01', '1901-01-01']);

const two = (part: string): string => part.padStart(2, '0');

/** A year of two digits is read as a birth year: within the hundred years before 2030. */
function century(year: string): string {
  if (year.length !== 2) return year.padStart(4, '0');
  return (Number(year) < 30 ? '20' : '19') + year;
}

function compact(digits: string): string | undefined {
  if (digits.length === 4) return `${digits}-00-00`;
  if (digits.length === 6) return `${digits.slice(0, 4)}-${digits.slice(4)}-00`;
  if (digits.length !== 8) return undefined;
  const year = Number(digits.slice(0, 4));
  const yearFirst = year >= 1500 && year < 2100;
  return yearFirst
    ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
    : `${digits.slice(4)}-${digits.slice(2, 4)}-${digits.slice(0, 2)}`;
}

function monthNumber(word: string): string | undefined {
  const index = MONTHS.findIndex((names) => names.some((name) => word.startsWith(name)));
  return index < 0 ? undefined : two(String(index + 1));
}

function written(text: string): string | undefined {
  const month = (text.match(/[a-z]{3,}/g) ?? []).map(monthNumber).find((found) => found !== undefined);
  const numbers = text.match(/\d+/g) ?? [];
  if (!month || numbers.length === 0) return undefined;
  const year = numbers.find((number) => number.length === 4) ?? numbers.at(-1);
  const day = numbers.find((number) => number !== year && number.length <= 2);
  return `${century(year as string)}-${month}-${two(day ?? '00')}`;
}

function numeric(parts: readonly string[]): string | undefined {
  const [x, y, z] = parts as [string, string, string?];
  if (z === undefined) {
    if (x.length === 4) return `${x}-${two(y)}-00`;
    return y.length === 4 ? `${y}-${two(x)}-00` : undefined;
  }
  if (x.length >= 3) return `${x.padStart(4, '0')}-${two(y)}-${two(z)}`;
  // Day first, unless that cannot be.
  const monthFirst = Number(y) > 12 && Number(x) <= 12;
  const [day, month] = monthFirst ? [y, x] : [x, y];
  return `${century(z)}-${two(month)}-${two(day)}`;
}

/**
 * A date as `YYYY-MM-DD`, with zeros for what is not known. Impossible days and months are kept as they are written:
 * a slip of one digit still says much.
 */
export function standardDate(text: string | undefined): string | undefined {
  const folded = toAscii(text ?? '').replace(/t\d\d:\d\d.*$|\s+\d\d?:\d\d.*$/, '');
  if (!/\d/.test(folded)) return undefined;
  const parts = folded.split(/[^a-z0-9]+/).filter((part) => part !== '');
  const date = /[a-z]{3}/.test(folded)
    ? written(folded)
    : parts.length === 1
      ? compact(parts[0] as string)
      : numeric(parts);
  if (!date || !/^\d{4}-\d\d-\d\d$/.test(date) || PLACEHOLDER_DATES.has(date)) return undefined;
  return date.startsWith('0000') || date.startsWith('9999') ? undefined : date;
}
