import type { ItemMemory } from '@repartee/profile/domain';
import type { Seed } from './recommend.js';

const MOST_SEEDS = 20;
/** What was viewed before these says little of what is wanted now. */
const LAST_VIEWED = 5;

/** The items viewed last; each counts half of the one after it. */
export function lastViewed(memory: ItemMemory | undefined): Seed[] {
  return (memory?.viewed ?? []).slice(0, LAST_VIEWED).map(([item], place) => ({ item, weight: 2 ** -place }));
}

/** Items that all count the same; twenty at most. */
export function seedsOf(items: readonly string[]): Seed[] {
  return [...new Set(items)].slice(0, MOST_SEEDS).map((item) => ({ item, weight: 1 }));
}
