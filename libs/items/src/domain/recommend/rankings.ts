import { STEP } from '../item-schema.js';
import { joinLevels, type Level, NONE } from './decay.js';

/** Of a category so many items are kept in order of popularity. */
const MOST_POPULAR = 200;

export interface RankedItem {
  readonly id: string;
  readonly level: Level;
}

/** The popular items of a category and below it. */
export interface Ranking {
  /** The most popular first. */
  readonly items: readonly RankedItem[];
  /** Of all of them together. */
  readonly total: Level;
}

const NOTHING: Ranking = { items: [], total: NONE };

/** A category: its own items, and the categories directly below it. */
class Category {
  readonly own = new Map<string, RankedItem>();
  readonly below = new Map<string, Category>();
  /** Undefined while something in it or below it has changed. */
  private known: Ranking | undefined = NOTHING;

  changed(): void {
    this.known = undefined;
  }

  /** Only what has changed is put in order anew. */
  get ranking(): Ranking {
    if (this.known) return this.known;
    const parts = [...this.below.values()].map(({ ranking }) => ranking);
    const items = [...this.own.values(), ...parts.flatMap((part) => part.items)].sort(byLevel);
    let total = NONE;
    for (const { level } of this.own.values()) total = joinLevels(total, level);
    for (const part of parts) total = joinLevels(total, part.total);
    this.known = { items: items.slice(0, MOST_POPULAR), total };
    return this.known;
  }
}

/** Items in order of popularity, by category. Decay keeps the order, so only what happens changes it. */
export class Rankings {
  private root = new Category();

  clear(): void {
    this.root = new Category();
  }

  put(id: string, category: string | null, level: Level): void {
    let place = this.root;
    place.changed();
    for (const step of stepsOf(category)) {
      let next = place.below.get(step);
      if (!next) place.below.set(step, (next = new Category()));
      place = next;
      place.changed();
    }
    place.own.set(id, { id, level });
  }

  /** Of a category and below it, or of everything. */
  of(category: string | null): Ranking {
    let place: Category | undefined = this.root;
    for (const step of stepsOf(category)) place = place?.below.get(step);
    return place?.ranking ?? NOTHING;
  }
}

function stepsOf(category: string | null): string[] {
  return category === null ? [] : category.split(STEP);
}

function byLevel(a: RankedItem, b: RankedItem): number {
  return b.level - a.level || (a.id < b.id ? -1 : 1);
}
