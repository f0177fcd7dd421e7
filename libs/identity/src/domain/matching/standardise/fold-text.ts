import anyAscii from 'any-ascii';

const ASCII = /^[\x20-\x7e]*$/;
const APOSTROPHES = /['`\u00b4\u2018\u2019\u02bc]/g;
const NOT_A_WORD = /[^a-z0-9]+/g;

/** Lower-case ASCII without surrounding space; other scripts are transliterated. */
export function toAscii(text: string): string {
  const trimmed = text.trim();
  return (ASCII.test(trimmed) ? trimmed : anyAscii(trimmed.normalize('NFC'))).toLowerCase().trim();
}

/** Lower-case ASCII words parted by one space: `O’Brien-Müller` becomes `obrien muller`. */
export function toWords(text: string): string {
  return toAscii(text.replace(APOSTROPHES, '')).replace(APOSTROPHES, '').replace(NOT_A_WORD, ' ').trim();
}

/** Lower-case ASCII letters and digits only. */
export function toLettersAndDigits(text: string): string {
  return toAscii(text).replace(NOT_A_WORD, '');
}
