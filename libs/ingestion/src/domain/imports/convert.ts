import { fail, ok, type Result } from '@repartee/contracts';
import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { dateReader, type ReadDate } from './dates.js';
import type { FieldMapping, Mapping } from './mapping.js';

/** Turns one value of a file into one value of an event; a text says why it cannot. */
export type Converter = (value: unknown) => Result<unknown, string>;

/** One @, something before it, a dotted domain after it. */
const EMAIL =
  /^[^\s@\p{Cc}"(),:;<>[\\\]]{1,64}@[^\s@\p{Cc}"(),:;<>[\\\]]+\.[^\s@\p{Cc}"(),:;<>[\\\].]{2,63}$/u;
const MAX_EMAIL = 254;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const YES = new Set(['true', 'yes', 'y', '1', 'on', 't', 'ja', 'j', 'oui', 'o', 'si', 'sí', 'x', 'wahr']);
const NO = new Set(['false', 'no', 'n', '0', 'off', 'f', 'nein', 'non', 'falsch', '-']);
const GROUPS: Readonly<Record<string, RegExp>> = {
  '.': /[,'\u2019\s\u00a0\u202f]/g,
  ',': /[.'\u2019\s\u00a0\u202f]/g,
};

/** Makes the converter of a field, or says what is wrong with the field. */
export function converterOf(field: FieldMapping, mapping: Mapping): Result<Converter, string> {
  const read = readerOf(field, mapping);
  if (!read.ok) return read;
  const { trim, case: letters } = field;
  return ok((value) => {
    let given = value;
    if (typeof given === 'string') {
      if (trim) given = given.trim();
      if (letters) given = letters === 'lower' ? String(given).toLowerCase() : String(given).toUpperCase();
    }
    return read.value(given);
  });
}

function readerOf(field: FieldMapping, mapping: Mapping): Result<Converter, string> {
  const { as, to } = field;
  if (as === undefined && to !== 'timestamp') return ok((value) => ok(value));
  switch (as) {
    case 'number':
    case 'money':
      return ok(numberReader(field.decimal ?? '.', as === 'money'));
    case 'boolean':
      return ok(readBoolean);
    case 'email':
      return ok(readEmail);
    case 'phone':
      return phoneReader(field.country ?? mapping.country);
    case 'country':
      return ok(countryReader());
    case 'list':
      return ok(listReader(field.separator ?? ','));
    case 'text':
      return to === 'timestamp' ? dateConverter(field, mapping) : ok((value) => ok(textOf(value)));
    default:
      return dateConverter(field, mapping);
  }
}

/** How a value reads as text. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

function numberReader(decimal: '.' | ',', money: boolean): Converter {
  const groups = GROUPS[decimal] as RegExp;
  return (value) => {
    if (typeof value === 'number') return ok(value);
    let text = textOf(value).replace(groups, '');
    if (money) text = text.replace(/^([+-]?)(?:\p{L}{1,3}\.?)?\p{Sc}?|\p{Sc}?(?:\p{L}{1,3}\.?)?$/gu, '$1');
    if (decimal === ',') text = text.replace(',', '.');
    if (/^\(.*\)$/.test(text)) text = `-${text.slice(1, -1)}`;
    const number = NUMBER.test(text) ? Number(text) : Number.NaN;
    return Number.isFinite(number)
      ? ok(number)
      : fail(`${quoted(value)} is not ${money ? 'an amount' : 'a number'}`);
  };
}

const readBoolean: Converter = (value) => {
  if (typeof value === 'boolean') return ok(value);
  const text = textOf(value).toLowerCase();
  if (YES.has(text)) return ok(true);
  return NO.has(text) ? ok(false) : fail(`${quoted(value)} is neither yes nor no`);
};

const readEmail: Converter = (value) => {
  const address = textOf(value).normalize('NFC').toLowerCase();
  return address.length <= MAX_EMAIL && EMAIL.test(address)
    ? ok(address)
    : fail(`${quoted(value)} is not an e-mail address`);
};

function phoneReader(country: string | undefined): Result<Converter, string> {
  if (country !== undefined && !isSupportedCountry(country)) return fail(`there is no country ${country}`);
  return ok((value) => {
    const text = textOf(value).replace(/^00(?=\d)/, '+');
    const number = parsePhoneNumberFromString(text, country as CountryCode | undefined);
    return number?.isValid()
      ? ok(number.number)
      : fail(
          country === undefined && !text.startsWith('+')
            ? `${quoted(value)} has no country code, and no country is given`
            : `${quoted(value)} is not a telephone number`,
        );
  });
}

const COUNTRY_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl'];

/** ISO 3166-1 alpha-2 codes by code and by name, as the platform's CLDR data writes the names. */
function countryReader(): Converter {
  const codes = new Map<string, string>([
    ['uk', 'GB'],
    ['usa', 'US'],
  ]);
  const all = [...alphaTwo()];
  for (const language of COUNTRY_LANGUAGES) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of all) {
      const name = names.of(code);
      if (name !== undefined && !codes.has(name.toLowerCase())) codes.set(name.toLowerCase(), code);
    }
  }
  for (const code of new Set(codes.values())) codes.set(code.toLowerCase(), code);
  return (value) => {
    const code = codes.get(textOf(value).toLowerCase());
    return code === undefined ? fail(`${quoted(value)} is not a country`) : ok(code);
  };
}

/** Names that CLDR has though no country bears the code: unions, outlying places, tests. */
const NO_COUNTRIES = new Set(['EU', 'EZ', 'UN', 'ZZ', 'QO', 'XA', 'XB']);

function* alphaTwo(): Generator<string> {
  for (let a = 65; a <= 90; a += 1)
    for (let b = 65; b <= 90; b += 1) {
      const code = String.fromCharCode(a, b);
      // A code that was withdrawn stands for its successor: DD for DE.
      const { region } = new Intl.Locale(`und-${code}`).maximize();
      if (!NO_COUNTRIES.has(code) && region === code) yield code;
    }
}

function listReader(separator: string): Converter {
  return (value) => {
    if (Array.isArray(value)) return ok(value);
    const items = textOf(value).split(separator);
    return ok(items.map((item) => item.trim()).filter((item) => item !== ''));
  };
}

function dateConverter(field: FieldMapping, mapping: Mapping): Result<Converter, string> {
  const format = field.format ?? 'iso';
  const reader = dateReader(format, mapping.timeZone);
  if (!reader.ok) return reader;
  const asInstant = field.to === 'timestamp';
  const written = ({ at, day }: ReadDate) =>
    day !== undefined && !asInstant ? day : new Date(at).toISOString();
  return ok((value) => {
    const date = reader.value(textOf(value));
    return date ? ok(written(date)) : fail(`${quoted(value)} is not a date as ${format}`);
  });
}

/** A value as people see it in a reason: cut short. */
function quoted(value: unknown): string {
  const text = textOf(value);
  return `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;
}
