import { withinOneEdit } from '../similarity/edit-distance.js';
import { isSimilar, jaroWinkler } from '../similarity/jaro-winkler.js';
import { sharedWords } from '../similarity/shared-words.js';
import { MISSING } from './comparison.js';

export const DATE_LEVELS = ['exact', 'one slip', 'two parts', 'same year', 'two slips', 'different'] as const;

/** Dates as `YYYY-MM-DD`: one digit or a swap apart, two of three parts equal, the year alone, two digits apart. */
export function compareDates(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return MISSING;
  if (a === b) return 0;
  const year = a.slice(0, 4) === b.slice(0, 4);
  const month = a.slice(5, 7) === b.slice(5, 7);
  const day = a.slice(8) === b.slice(8);
  if (year && (isTruncated(a) || isTruncated(b))) return 3;
  if (withinOneEdit(a, b)) return 1;
  if (year && a.slice(5, 7) === b.slice(8) && a.slice(8) === b.slice(5, 7)) return 1;
  if ((year && (month || day)) || (month && day)) return 2;
  if (year) return 3;
  return digitsApart(a, b) <= 2 ? 4 : 5;
}

const isTruncated = (date: string): boolean => date.endsWith('-01-01') || date.endsWith('-00');

function digitsApart(a: string, b: string): number {
  let apart = 0;
  for (let i = 0; i < a.length; i++) if (a.charCodeAt(i) !== b.charCodeAt(i)) apart++;
  return apart;
}

export const TEXT_LEVELS = ['exact', 'typing error', 'similar', 'different'] as const;

/** Words: equal, one slip or very similar, sharing words or similar, different. */
export function compareText(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return MISSING;
  if (a === b) return 0;
  if (a.length > 3 && b.length > 3 && withinOneEdit(a, b)) return 1;
  const shared = sharedWords(a, b);
  if (shared >= 1 || isSimilar(a, b, 0.94)) return 1;
  return shared >= 0.5 || isSimilar(a, b, 0.86) ? 2 : 3;
}

export const CODE_LEVELS = ['exact', 'one slip', 'different'] as const;

/** Codes and numbers: equal, one slip apart, different. */
export function compareCodes(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return MISSING;
  if (a === b) return 0;
  return Math.min(a.length, b.length) > 2 && withinOneEdit(a, b) ? 1 : 2;
}

export const POSTAL_LEVELS = ['exact', 'one slip', 'same area', 'different'] as const;

/** Postal codes; `same area` is the same beginning, all but the last three or two characters. */
export function comparePostal(a: string | undefined, b: string | undefined): number {
  const level = compareCodes(a, b);
  if (level < 2 || a === undefined || b === undefined) return level;
  const shorter = Math.min(a.length, b.length);
  const area = Math.max(2, shorter - (shorter > 5 ? 3 : 2));
  return a.slice(0, area) === b.slice(0, area) ? 2 : 3;
}

export const EMAIL_LEVELS = ['exact', 'typing error', 'same name', 'similar', 'different'] as const;

/**
 * E-mail addresses: equal, one or two slips, the same local part at another host, similar, different. A local part that
 * only spells the person's name says no more than the name does, which is compared already.
 */
export function compareEmails(
  a: string | undefined,
  b: string | undefined,
  names: readonly (string | undefined)[],
): number {
  if (a === undefined || b === undefined) return MISSING;
  if (a === b) return 0;
  if (withinOneEdit(a, b)) return 1;
  const atA = a.indexOf('@');
  const atB = b.indexOf('@');
  const localA = a.slice(0, atA);
  const localB = b.slice(0, atB);
  if (localA === localB && localA.length >= 5)
    return names.some((name) => spells(localA, name)) ? MISSING : 2;
  if (!isSimilar(localA, localB, 0.85)) return 4;
  const hosts = jaroWinkler(a.slice(atA + 1), b.slice(atB + 1));
  if (hosts < 0.85) return 4;
  return hosts >= 0.9 && isSimilar(localA, localB, 0.9) ? 1 : 3;
}

const spells = (local: string, name: string | undefined): boolean =>
  name !== undefined && name.length > 2 && local.includes(name);

export const PHONE_LEVELS = ['exact', 'one slip', 'different'] as const;
/** Digits at the end that make two writings of a number the same. */
const PHONE_TAIL = 8;

/** Telephone numbers: the same, also where one lacks its country code; one slip; different. */
export function comparePhones(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return MISSING;
  if (a === b) return 0;
  if (Math.min(a.length, b.length) >= PHONE_TAIL && a.slice(-PHONE_TAIL) === b.slice(-PHONE_TAIL)) return 0;
  return withinOneEdit(a, b) ? 1 : 2;
}

/** Equal or not. */
export function compareExact(a: string | undefined, b: string | undefined): number {
  return a === undefined || b === undefined ? MISSING : a === b ? 0 : 1;
}
