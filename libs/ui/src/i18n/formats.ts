import type { Locale } from './locale.js';

/** Numbers, money and moments as a language writes them. */
export interface Formats {
  number(value: number): string;
  percent(share: number): string;
  money(value: number, currency: string): string;
  /** Day and time, short. */
  moment(at: number | string): string;
  day(at: number | string): string;
  time(at: number | string): string;
  /** `3 minutes ago`, `in 2 days`. */
  ago(at: number | string, now: number): string;
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** Thai dates count years of the Common Era here, as the data beside them do. */
const CALENDAR: Readonly<Record<Locale, string>> = { en: 'en', th: 'th-u-ca-gregory', ru: 'ru' };

export function formatsOf(locale: Locale): Formats {
  const tag = CALENDAR[locale];
  const number = new Intl.NumberFormat(tag);
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 });
  const moment = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'medium' });
  const time = new Intl.DateTimeFormat(tag, { timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  return {
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    money: (value, currency) => new Intl.NumberFormat(tag, { style: 'currency', currency }).format(value),
    moment: (at) => moment.format(new Date(at)),
    day: (at) => day.format(new Date(at)),
    time: (at) => time.format(new Date(at)),
    ago: (at, now) => {
      const seconds = (new Date(at).getTime() - now) / 1000;
      const [unit, length] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
      return relative.format(Math.round(seconds / length), unit);
    },
  };
}
