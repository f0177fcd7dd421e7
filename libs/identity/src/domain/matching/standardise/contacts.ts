import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { toAscii } from './fold-text.js';
import { isFillerNumber, isPlaceholder } from './placeholders.js';

const EMAIL = /^([^\s@]+)@([^\s@]+)$/;
const NOBODY =
  /^(no-?reply|no-?e?mail|none|null|na|n-a|unknown|anonymous|test|x+|abc|email|mail|user|nobody|donotreply)$/;
/** Mail hosts that ignore dots in the name. */
const DOTLESS = new Set(['gmail.com', 'googlemail.com']);

/** Lower case, without a `+tag`; nothing for an address that stands for nobody. */
export function standardEmail(text: string | undefined): string | undefined {
  const folded = toAscii(text ?? '').replace(/^mailto:/, '');
  const match = EMAIL.exec(folded);
  if (!match) return undefined;
  const domain = (match[2] as string).replace(/\.+$/, '');
  let local = (match[1] as string).replace(/(?<=.)\+.*$/, '');
  if (DOTLESS.has(domain)) local = local.replaceAll('.', '');
  return NOBODY.test(local) || local === '' ? undefined : `${local}@${domain}`;
}

/**
 * E.164 where the number is valid, else its digits; fewer than five, or a filler, are nothing.
 * @param country ISO 3166-1 alpha-2, for numbers without a country code
 */
export function standardPhone(text: string | undefined, country?: string): string | undefined {
  const folded = toAscii(text ?? '');
  const digits = folded.replace(/\D/g, '');
  if (digits.length < 5 || isFillerNumber(digits.replace(/^0+/, '')) || isPlaceholder(digits))
    return undefined;
  const region = country as Parameters<typeof parsePhoneNumberFromString>[1];
  if (folded.startsWith('+') || folded.startsWith('00') || region) {
    const parsed = parsePhoneNumberFromString(folded.replace(/^00/, '+'), region);
    if (parsed?.isValid()) return parsed.number;
  }
  return digits.replace(/^0+/, '');
}

/** Letters and digits of an official number; nothing for a filler. */
export function standardNumber(text: string | undefined): string | undefined {
  const value = toAscii(text ?? '').replace(/[^a-z0-9]/g, '');
  if (value.length < 3 || !/\d/.test(value) || isPlaceholder(value) || isFillerNumber(value))
    return undefined;
  return value;
}
