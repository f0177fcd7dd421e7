import { countAt, type Level, NONE } from './decay.js';
import { type Ranking, Rankings } from './rankings.js';
import { type Counter, type HalfLives } from './settings.js';

/** An item that was met together with another, and how often. */
export type Companion = readonly [item: string, level: Level];

/** Of the companions of an item so many are kept in memory: those it was met with most. */
export const MOST_COMPANIONS = 30;
/** Pretended observations against chance: two that met once are not yet alike. */
const SHRINKAGE = 3;

/** Counters of what was met together. */
export type Togetherness = Exclude<Counter, 'popularity'>;

/** Those an item was met with, the closest first: two lists of the same length, for they are many. */
interface Companions {
  readonly items: readonly string[];
  readonly levels: Float64Array;
}

const NOBODY: Companions = { items: [], levels: new Float64Array(0) };

/** What was counted of items, in memory. */
export class Statistics {
  private readonly counts: Readonly<Record<Counter, Map<string, Level>>> = {
    view: new Map(),
    purchase: new Map(),
    popularity: new Map(),
  };
  private readonly together: Readonly<Record<Togetherness, Map<string, Companions>>> = {
    view: new Map(),
    purchase: new Map(),
  };
  private readonly rankings = new Rankings();

  constructor(public halfLives: HalfLives) {}

  put(counter: Counter, item: string, level: Level): void {
    this.counts[counter].set(item, level);
  }

  putCompanions(counter: Togetherness, item: string, companions: readonly Companion[]): void {
    this.together[counter].set(item, {
      items: companions.map(([other]) => other),
      levels: Float64Array.from(companions, ([, level]) => level),
    });
  }

  /** @param visit gets each companion of an item, and how alike the two are */
  forEachCompanion(
    counter: Togetherness,
    item: string,
    now: number,
    visit: (other: string, similarity: number) => void,
  ): void {
    const { items, levels } = this.together[counter].get(item) ?? NOBODY;
    items.forEach((other, index) =>
      visit(other, this.similarity(counter, item, [other, levels[index]!], now)),
    );
  }

  /**
   * How alike two items are, in [0, 1): c/(c + λ) · c/√(c₁·c₂), where c counts the days or orders with both, and c₁, c₂
   * those with each. The second factor is the cosine of the two items' columns (G. Linden, B. Smith, J. York: "Amazon.com
   * recommendations: item-to-item collaborative filtering", IEEE Internet Computing 7(1), 2003); of counts of one
   * half-life it does not change with time. The first shrinks what rests on few observations (Y. Koren: "Factor in the
   * neighbors", ACM TKDD 4(1), 2010), with λ = 3.
   */
  similarity(counter: Togetherness, item: string, [other, both]: Companion, now: number): number {
    const counts = this.counts[counter];
    const each = (counts.get(item) ?? NONE) + (counts.get(other) ?? NONE);
    if (each === NONE) return 0;
    const count = countAt(both, now, this.halfLives[counter]);
    return (count / (count + SHRINKAGE)) * Math.min(1, 2 ** (both - each / 2));
  }

  /** The popular items of a category, or of all. */
  ranking(category: string | null): Ranking {
    return this.rankings.of(category);
  }

  /** Gives an item its place in its category. @param category undefined: there is no such item any more */
  rank(item: string, category: string | null | undefined): void {
    const level = this.counts.popularity.get(item);
    if (level === undefined) return;
    if (category === undefined) this.rankings.remove(item);
    else this.rankings.put(item, category, level);
  }
}
