import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type Converter, converterOf } from './convert.js';
import { fieldSchema, mappingSchema, type Conversion } from './mapping.js';

export type ColumnType =
  'email' | 'phone' | 'date' | 'number' | 'money' | 'boolean' | 'country' | 'id' | 'text' | 'json';

/** What the values of a column look like. */
export interface ColumnGuess {
  name: string;
  type: ColumnType;
  /** Of a date. */
  format?: string;
  /** Of a number or an amount. */
  decimal?: '.' | ',';
  /** Other formats that fit as well. */
  alsoFits?: string[];
  /** Rows of the sample that have a value, and those whose value is not of the type. */
  filled: number;
  unlike: number;
  examples: string[];
}

const DATE_FORMATS = [
  'iso',
  'dd.MM.yyyy',
  'd.M.yyyy',
  'dd/MM/yyyy',
  'MM/dd/yyyy',
  'd/M/yyyy',
  'M/d/yyyy',
  'dd-MM-yyyy',
  'yyyy/MM/dd',
  'yyyyMMdd',
  'dd.MM.yy',
].flatMap((day) => (day === 'iso' || day === 'yyyyMMdd' ? [day] : [day, `${day} HH:mm`, `${day} HH:mm:ss`]));
const ENOUGH = 0.9;
const EXAMPLES = 5;
const MAX_EXAMPLE = 80;
const DATE_NAME = /date|datum|birth|geb|dob|time|zeit|_at$|since|seit|jour|fecha/i;
const PHONE_NAME = /phone|tel|mobile?|handy|fax|cell/i;
const ID_NAME =
  /(^|[^a-z])(id|nr|no|num|number|nummer|code|key|sku|isbn|ean)([^a-z]|$)|_?id$|nr$|number$|nummer$/i;
const MONEY_NAME =
  /price|amount|total|revenue|cost|preis|betrag|summe|umsatz|value|montant|importe|dollar|euro/i;
const COUNTRY_NAME = /country|land|pays|pais|nation/i;
const CURRENCY = /^[-+(]?\s?(\p{Sc}|[A-Z]{3}\s)|(\p{Sc}|\s[A-Z]{3})\)?$/u;

/** Guesses what a column holds from a sample of its values. */
export function guessColumn(name: string, values: readonly unknown[]): ColumnGuess {
  const filled = values.filter((value) => value !== undefined && value !== null && value !== '');
  const texts = filled.map((value) =>
    (typeof value === 'object' ? JSON.stringify(value) : String(value)).trim(),
  );
  const examples = [...new Set(texts)].slice(0, EXAMPLES).map((text) => text.slice(0, MAX_EXAMPLE));
  const base = { name, filled: filled.length, examples };
  if (filled.length === 0) return { ...base, type: 'text', unlike: 0 };
  if (filled.every((value) => typeof value === 'object')) return { ...base, type: 'json', unlike: 0 };
  for (const guess of GUESSES) {
    const found = guess(name, texts);
    if (found) return { ...base, ...found };
  }
  return { ...base, type: looksLikeId(name, texts) ? 'id' : 'text', unlike: 0 };
}

type Found = Pick<ColumnGuess, 'type' | 'unlike' | 'format' | 'decimal' | 'alsoFits'>;
type Guess = (name: string, texts: readonly string[]) => Found | undefined;

const GUESSES: readonly Guess[] = [
  guessEmail,
  guessBoolean,
  guessDate,
  guessPhone,
  guessNumber,
  guessCountry,
];

function unlike(texts: readonly string[], convert: Converter): number {
  return texts.reduce((sum, text) => sum + (convert(text).ok ? 0 : 1), 0);
}

function reader(as: Conversion, more: { format?: string; decimal?: '.' | ',' } = {}): Converter {
  const field = fieldSchema.parse({ from: 'x', to: 'traits.x', as, ...more });
  const converter = converterOf(field, mappingSchema.parse({ fields: [field] }));
  if (!converter.ok) throw new Error(converter.failure);
  return converter.value;
}

function fits(texts: readonly string[], misses: number): boolean {
  return misses <= texts.length * (1 - ENOUGH);
}

function guessEmail(name: string, texts: readonly string[]): Found | undefined {
  const misses = unlike(texts, reader('email'));
  const named = /e-?mail/i.test(name) && misses < texts.length / 2;
  return named || fits(texts, misses) ? { type: 'email', unlike: misses } : undefined;
}

function guessBoolean(_name: string, texts: readonly string[]): Found | undefined {
  const different = new Set(texts.map((text) => text.toLowerCase()));
  if (different.size > 2 || [...different].every((text) => /^[\d-]$/.test(text) && texts.length < 10))
    return undefined;
  return unlike(texts, reader('boolean')) === 0 ? { type: 'boolean', unlike: 0 } : undefined;
}

function guessDate(name: string, texts: readonly string[]): Found | undefined {
  const bare = texts.every((text) => /^\d+$/.test(text));
  const formats = bare
    ? DATE_NAME.test(name)
      ? ['yyyyMMdd', 'unix', 'unixms']
      : []
    : DATE_FORMATS.filter((format) => format !== 'yyyyMMdd');
  const scored = formats
    .map((format) => ({ format, misses: unlike(texts, reader('date', { format })) }))
    .filter(({ misses }) => fits(texts, misses))
    .sort((a, b) => a.misses - b.misses);
  const [best] = scored;
  if (!best) return undefined;
  const others = scored.filter(
    ({ format, misses }) => misses === best.misses && differs(format, best.format),
  );
  return {
    type: 'date',
    format: best.format,
    unlike: best.misses,
    ...(others.length > 0 && { alsoFits: others.map(({ format }) => format) }),
  };
}

/** `d.M.yyyy` reads what `dd.MM.yyyy` reads, and the same; `MM/dd` reads something else. */
function differs(a: string, b: string): boolean {
  const order = (format: string) => format.replaceAll(/(.)\1*/g, '$1');
  return order(a) !== order(b);
}

function guessPhone(name: string, texts: readonly string[]): Found | undefined {
  const named = PHONE_NAME.test(name);
  const likely = texts.filter((text) =>
    text.startsWith('+') || text.startsWith('00')
      ? parsePhoneNumberFromString(text.replace(/^00/, '+'))?.isValid()
      : named && /^[\d\s()/.-]{6,20}$/.test(text),
  );
  const misses = texts.length - likely.length;
  return fits(texts, misses) ? { type: 'phone', unlike: misses } : undefined;
}

function guessNumber(name: string, texts: readonly string[]): Found | undefined {
  const currency = texts.some((text) => CURRENCY.test(text));
  const as = currency ? 'money' : 'number';
  const commas = texts.filter((text) => /,\d{1,2}\D*$|\.\d{3},/.test(text)).length;
  const points = texts.filter((text) => /\.\d{1,2}\D*$|,\d{3}\./.test(text)).length;
  const decimal = commas > points ? ',' : '.';
  const misses = unlike(texts, reader(as, { decimal }));
  if (!fits(texts, misses) || looksLikeId(name, texts) || texts.some((text) => /^0\d+$/.test(text)))
    return undefined;
  const money = currency || (MONEY_NAME.test(name) && texts.some((text) => /[.,]\d{1,2}$/.test(text)));
  return { type: money ? 'money' : 'number', unlike: misses, ...(decimal === ',' && { decimal }) };
}

function guessCountry(name: string, texts: readonly string[]): Found | undefined {
  if (!COUNTRY_NAME.test(name)) return undefined;
  const misses = unlike(texts, reader('country'));
  return fits(texts, misses) ? { type: 'country', unlike: misses } : undefined;
}

function looksLikeId(name: string, texts: readonly string[]): boolean {
  return ID_NAME.test(name) && texts.every((text) => text.length <= 64 && !/\s/.test(text));
}
