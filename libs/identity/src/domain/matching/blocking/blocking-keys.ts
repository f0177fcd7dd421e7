import type { ComparisonName } from '../comparisons/comparison.js';
import { COMPARISONS } from '../comparisons/comparisons.js';
import { phoneticKey } from '../similarity/phonetic-key.js';
import type { StandardFields } from '../standard-fields.js';

/** One way to bring records together. */
interface BlockingRule {
  /** Prefix of its keys. */
  readonly name: string;
  /** Comparisons that its keys make likely to agree: pairs found by this rule alone teach nothing about them. */
  readonly favours: readonly ComparisonName[];
  readonly keys: (record: StandardFields, sounds: readonly string[]) => (string | undefined)[];
}

const NAMES = ['given_name', 'family_name', 'name_order'] as const;
const PHONE_TAIL = 8;
const SHORTEST_LOCAL_PART = 5;

const both = (left: string | undefined, right: string | undefined): string | undefined =>
  left === undefined || right === undefined ? undefined : `${left}|${right}`;
const each = (sounds: readonly string[], other: string | undefined): (string | undefined)[] =>
  other === undefined ? [] : sounds.map((sound) => `${sound}|${other}`);

const known = (born: string | undefined, from: number, to: number): string | undefined => {
  const part = born?.slice(from, to);
  return part === undefined || /^[0-]*$/.test(part) ? undefined : part;
};
const year = (record: StandardFields): string | undefined => known(record.born, 0, 4);

/** Month and day in either order; nothing where the day is not known or a filled-in 1 January. */
function dayOfYear(record: StandardFields): string | undefined {
  const { born } = record;
  if (born === undefined || born.endsWith('-00') || born.endsWith('-01-01')) return undefined;
  const [month, day] = [born.slice(5, 7), born.slice(8)];
  return month < day ? month + day : day + month;
}

function localPart(email: string | undefined): string | undefined {
  const local = email?.slice(0, email.indexOf('@'));
  return local !== undefined && local.length >= SHORTEST_LOCAL_PART ? local : undefined;
}

const RULES: readonly BlockingRule[] = [
  { name: 'email', favours: ['email'], keys: ({ email }) => [email] },
  { name: 'local', favours: ['email'], keys: ({ email }) => [localPart(email)] },
  { name: 'phone', favours: ['phone'], keys: ({ phone }) => [phone?.slice(-PHONE_TAIL)] },
  { name: 'national', favours: ['national_id'], keys: ({ nationalId }) => [nationalId] },
  { name: 'social', favours: ['social_security_number'], keys: ({ socialSecurity }) => [socialSecurity] },
  { name: 'passport', favours: ['passport_number'], keys: ({ passport }) => [passport] },
  { name: 'licence', favours: ['driving_licence'], keys: ({ drivingLicence }) => [drivingLicence] },
  {
    name: 'names',
    favours: NAMES,
    keys: (_, sounds) => [sounds.length === 2 ? [...sounds].sort().join('|') : undefined],
  },
  { name: 'born', favours: ['date_of_birth'], keys: (record) => [both(year(record), dayOfYear(record))] },
  {
    name: 'name+year',
    favours: [...NAMES, 'date_of_birth'],
    keys: (record, sounds) => each(sounds, year(record)),
  },
  {
    name: 'name+day',
    favours: [...NAMES, 'date_of_birth'],
    keys: (record, sounds) => each(sounds, dayOfYear(record)),
  },
  {
    name: 'name+postal',
    favours: [...NAMES, 'postal_code'],
    keys: (record, sounds) => each(sounds, record.postal),
  },
  {
    name: 'name+city',
    favours: [...NAMES, 'city'],
    // Where there is a postal code, it says the same and more.
    keys: (record, sounds) => (record.postal ? [] : each(sounds, record.city?.slice(0, 5))),
  },
  {
    name: 'name+street',
    favours: [...NAMES, 'street'],
    keys: (record, sounds) => each(sounds, record.street?.slice(0, 6)),
  },
  {
    name: 'name+place',
    favours: [...NAMES, 'birth_place'],
    keys: (record, sounds) => each(sounds, record.birthPlace?.slice(0, 5)),
  },
  {
    name: 'name+address',
    favours: [...NAMES, 'full_address'],
    keys: (record, sounds) => (record.street ? [] : each(sounds, record.address?.slice(0, 8))),
  },
  {
    name: 'year+place',
    favours: ['date_of_birth', 'birth_place'],
    keys: (record) => [both(year(record), record.birthPlace)],
  },
  {
    name: 'house+street',
    favours: ['house_number', 'street'],
    keys: (record) => [both(record.house, record.street)],
  },
  {
    name: 'address',
    favours: ['full_address', 'street', 'house_number'],
    keys: (record) => [record.street ? undefined : record.address],
  },
];

/** How given and family name sound; one entry where only one of them is known. */
function soundsOf(record: StandardFields): string[] {
  return [record.given, record.family].filter((name) => name !== undefined).map(phoneticKey);
}

/**
 * The keys under which a record is filed. Two records are compared when they share a key. What is missing makes no key.
 * @returns `rule:value`, each once
 */
export function blockingKeys(record: StandardFields): string[] {
  const sounds = soundsOf(record);
  const found = new Set<string>();
  for (const rule of RULES)
    for (const key of rule.keys(record, sounds)) if (key !== undefined) found.add(`${rule.name}:${key}`);
  return [...found];
}

const FAVOURS: ReadonlyMap<string, number> = new Map(
  RULES.map(({ name, favours }) => [
    name,
    COMPARISONS.reduce(
      (bits, comparison, k) => (favours.includes(comparison.name) ? bits | (1 << k) : bits),
      0,
    ),
  ]),
);

/** Comparisons that a key makes likely to agree: bit k stands for number k of `COMPARISONS`. */
export function favouredBy(key: string): number {
  return FAVOURS.get(key.slice(0, key.indexOf(':'))) ?? 0;
}
