import type { ItemMemory } from '@repartee/profile/domain';
import { isAvailable } from '../availability.js';
import { STEP } from '../item-schema.js';
import type { Shelf } from '../shelf.js';
import type { Statistics, Togetherness } from './statistics.js';

/** How items are found: by what others looked at or bought with them, by what the person likes, or by what all like. */
export const strategies = ['co_view', 'co_purchase', 'affinity', 'popularity'] as const;
export type Strategy = (typeof strategies)[number];

/** An item to begin with, and how much it counts. */
export interface Seed {
  item: string;
  weight: number;
}

/** What is asked for. */
export interface Wanted {
  /** One after the other, until there are enough. */
  strategies: readonly Strategy[];
  count: number;
  /** Only items of this category, and below it. */
  category: string | null;
  /** For `co_view` and `co_purchase`. */
  seeds: readonly Seed[];
  /** What the person met lately: for `affinity`. */
  memory: ItemMemory | undefined;
  /** Not to be shown. Seeds are not, either. */
  exclude: ReadonlySet<string>;
  /** Milliseconds. */
  now: number;
}

const COUNTERS: Partial<Record<Strategy, Togetherness>> = { co_view: 'view', co_purchase: 'purchase' };
/** Of what a person likes so many categories are looked at: those liked best. */
const MOST_LIKED = 8;
/** How much meeting an item says of its category. */
const LIKING = { viewed: 1, added: 3, bought: 5 } as const;

/** Finds items for a person, best first; at equal scores in the order of their ids. None that is out of stock. */
export function recommend(shelf: Shelf, statistics: Statistics, wanted: Wanted): string[] {
  const found = new Set<string>();
  const seeds = new Set(wanted.seeds.map(({ item }) => item));
  const fits = (id: string): boolean => {
    if (found.has(id) || seeds.has(id) || wanted.exclude.has(id)) return false;
    const item = shelf.find(id);
    return (
      item !== undefined && isAvailable(item.supply, wanted.now) && isWithin(item.category, wanted.category)
    );
  };
  for (const strategy of wanted.strategies) {
    for (const id of candidates(strategy, shelf, statistics, wanted)) {
      if (found.size === wanted.count) return [...found];
      if (fits(id)) found.add(id);
    }
  }
  return [...found];
}

function candidates(
  strategy: Strategy,
  shelf: Shelf,
  statistics: Statistics,
  wanted: Wanted,
): Iterable<string> {
  const counter = COUNTERS[strategy];
  if (counter) return companions(counter, statistics, wanted);
  return strategy === 'affinity' ? liked(shelf, statistics, wanted) : popular(statistics, wanted);
}

function* popular(statistics: Statistics, { category }: Wanted): Iterable<string> {
  for (const { id } of statistics.ranking(category).items) yield id;
}

/** The sum of similarities to the seeds, each by its weight. */
function companions(counter: Togetherness, statistics: Statistics, { seeds, now }: Wanted): string[] {
  const scores = new Map<string, number>();
  for (const { item, weight } of seeds) {
    statistics.forEachCompanion(counter, item, now, (other, similarity) => {
      if (similarity > 0) scores.set(other, (scores.get(other) ?? 0) + weight * similarity);
    });
  }
  return inOrder(scores);
}

/**
 * Σ over categories of P(category | person) · P(item | category): what the person likes, and what is popular there. Both
 * are shares of decayed counts.
 */
function liked(shelf: Shelf, statistics: Statistics, wanted: Wanted): string[] {
  const interests = [...interestsOf(shelf, statistics, wanted)].sort(
    ([a, one], [b, other]) => other - one || (a < b ? -1 : 1),
  );
  const all = interests.reduce((sum, [, weight]) => sum + weight, 0);
  const scores = new Map<string, number>();
  for (const [category, weight] of interests.slice(0, MOST_LIKED)) {
    const { items, total } = statistics.ranking(category);
    for (const { id, level } of items)
      scores.set(id, (scores.get(id) ?? 0) + (weight / all) * 2 ** (level - total));
  }
  return inOrder(scores);
}

/** How much a person likes each category: what was met of it lately, decayed. */
export function interestsOf(
  shelf: Shelf,
  { halfLives }: Pick<Statistics, 'halfLives'>,
  { memory = {}, now }: Pick<Wanted, 'memory' | 'now'>,
): Map<string, number> {
  const interests = new Map<string, number>();
  for (const encounter of ['viewed', 'added', 'bought'] as const) {
    for (const [item, at] of memory[encounter] ?? []) {
      const category = shelf.find(item)?.category;
      if (category == null) continue;
      const weight = LIKING[encounter] * 2 ** (-Math.max(0, now - at) / halfLives.affinity);
      interests.set(category, (interests.get(category) ?? 0) + weight);
    }
  }
  return interests;
}

function inOrder(scores: ReadonlyMap<string, number>): string[] {
  return [...scores].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).map(([id]) => id);
}

function isWithin(category: string | null, wanted: string | null): boolean {
  if (wanted === null) return true;
  return category !== null && (category === wanted || category.startsWith(wanted + STEP));
}
