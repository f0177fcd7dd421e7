import type { StandardFields } from './matching/index.js';

/**
 * The household that a record speaks of: the declared one, else the same surname at the same address. A level of its
 * own above people: it never makes two people one.
 *
 * @returns a key; undefined where the record says too little
 */
export function householdOf(standard: StandardFields, declared: string | undefined): string | undefined {
  if (declared !== undefined) return `declared:${declared}`;
  const { family, house, street, postal, city, address } = standard;
  const place = postal ?? city;
  if (family === undefined || place === undefined) return undefined;
  if (street !== undefined && house !== undefined) return `home:${family}|${house} ${street}|${place}`;
  return address === undefined ? undefined : `home:${family}|${address}|${place}`;
}
