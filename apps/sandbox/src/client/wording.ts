import { filled, language, t } from './texts.js';

const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'medium' });
const exact = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** The time today, else the day. */
export function shortDate(iso: string): string {
  const date = new Date(iso);
  return date.toDateString() === new Date().toDateString() ? time.format(date) : day.format(date);
}

export function longDate(iso: string): string {
  return full.format(new Date(iso));
}

/** Day and time to the second. */
export function exactTime(at: number): string {
  return exact.format(at);
}

/** "2 hr, 5 min" in the page's language: the two largest units. */
export function span(milliseconds: number): string {
  let rest = Math.max(0, milliseconds);
  const parts = UNITS.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count === 0) return [];
    return [new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count)];
  });
  return new Intl.ListFormat(language, { type: 'unit', style: 'narrow' }).format(parts.slice(0, 2)) || '0';
}

/** `1:05`, as a telephone shows it. */
export function clockTime(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** A number of things, as the language writes numbers. */
export function counted(text: string, count: number): string {
  return filled(text, { count: count.toLocaleString(language) });
}

/** "ann@example.org, bob@example.org and 3 more". */
export function recipients(to: string[]): string {
  const names = to.slice(0, 2).join(', ');
  return to.length > 2 ? filled(t.andMore, { names, count: to.length - 2 }) : names || t.noRecipient;
}
