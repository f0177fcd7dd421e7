import type { HeldRow } from './load-component.js';
import { isClaim, isDevice } from './node.js';

/** Looks up what is stored, or newly worked out, of an identifier: its rows, the earliest first. */
export type RowLookup = (key: string) => readonly HeldRow[];

/**
 * Where an event belongs: the strongest of its identifiers that may carry it at that time. A shared identifier carries
 * nothing while there is another; alone, it leads to whoever came after it became shared.
 *
 * @param anchors keys, best first
 * @returns the row; undefined where none is stored
 */
export function findOwner(anchors: readonly string[], at: number, lookup: RowLookup): HeldRow | undefined {
  const usable = anchors.find((key) => {
    if (isDevice(key) || isClaim(key)) return true;
    const sharedAt = lookup(key)[0]?.sharedAt;
    return sharedAt == null || at < sharedAt;
  });
  const key = usable ?? anchors[0];
  return key === undefined ? undefined : lookup(key).findLast(({ since }) => since <= at);
}
