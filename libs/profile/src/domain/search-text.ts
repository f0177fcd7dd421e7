import type { GoldenRecord } from './golden-record.js';
import { object } from './record-event.js';

const NAMES = [
  'name',
  'firstName',
  'first_name',
  'middleName',
  'lastName',
  'last_name',
  'fullName',
  'full_name',
];
const POSTCODES = ['postalCode', 'postal_code', 'postcode', 'zip', 'zipCode'];

/** Lower case without accents, words apart by one space: how names are kept and asked for. */
export function searchable(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What a person is found by: names and postcodes, those with and without their space. Empty where nothing is known. */
export function searchText(record: GoldenRecord): string {
  const address = object(record.traits['address']?.value);
  const found = new Set<string>();
  const add = (value: unknown) => {
    if (typeof value !== 'string' && typeof value !== 'number') return;
    const text = searchable(String(value).slice(0, 300));
    if (text !== '') found.add(text);
  };
  for (const name of NAMES) add(record.traits[name]?.value);
  for (const name of POSTCODES) {
    for (const value of [record.traits[name]?.value, address[name]]) {
      add(value);
      if (typeof value === 'string') add(value.replace(/\s+/g, ''));
    }
  }
  return [...found].join(' ');
}
