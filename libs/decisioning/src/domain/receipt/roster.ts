import type { CatalogueSnapshot } from '../catalogue/index.js';

/** What all receipts of a catalogue say alike of an offer: its key, V, and its own L. */
export type RosterEntry = readonly [offer: string, value: number, lever: number];

/**
 * The offers of a catalogue, in the order by which receipts number them. Kept once for all receipts that speak of it, so that
 * each has a few bytes for an offer.
 */
export type Roster = readonly RosterEntry[];

export function rosterOf({ offers }: CatalogueSnapshot): Roster {
  return offers.map(({ key, value, lever }) => [key, value, lever]);
}
