import type { Item } from './item-schema.js';

/** What of an item decides whether it may be shown. Milliseconds; infinite where nothing is said. */
export interface Supply {
  /** Pieces; infinite where they are not counted. */
  stock: number;
  from: number;
  until: number;
}

export function supplyOf({ stock, availableFrom, availableUntil }: Item): Supply {
  return {
    stock: stock ?? Infinity,
    from: availableFrom === undefined ? -Infinity : Date.parse(availableFrom),
    until: availableUntil === undefined ? Infinity : Date.parse(availableUntil),
  };
}

/** Whether there is some of it. @param now milliseconds */
export function isAvailable({ stock, from, until }: Supply, now: number): boolean {
  return stock > 0 && now >= from && now < until;
}

/** Why there is none of it, in a few words; null when there is some. */
export function shortageOf(supply: Supply | undefined, now: number): string | null {
  if (supply === undefined) return 'not in the catalogue';
  if (now < supply.from) return `not before ${new Date(supply.from).toISOString()}`;
  if (now >= supply.until) return `since ${new Date(supply.until).toISOString()}`;
  return supply.stock > 0 ? null : 'none in stock';
}
