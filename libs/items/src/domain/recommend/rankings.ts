import { STEP } from '../item-schema.js';
import { joinLevels, type Level, NONE } from './decay.js';
import { firstOf, type RankedItem, TopList } from './top-list.js';

/** Of a category so many items are kept in order of popularity. */
export const MOST_POPULAR = 200;

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
  readonly own = new TopList(MOST_POPULAR);
  readonly below = new Map<string, Category>();
  /** Undefined while something in it or below it has changed. */
  private known: Ranking | undefined = NOTHING;

  constructor(private readonly above: Category | null) {}

  changed(): void {
    this.known = undefined;
    this.above?.changed();
  }

  /** Only what has changed is put in order anew. */
  get ranking(): Ranking {
    if (this.known) return this.known;
    const parts = [...this.below.values()].map(({ ranking }) => ranking);
    const items = firstOf([this.own.items, ...parts.map((part) => part.items)], MOST_POPULAR);
    let { total } = this.own;
    for (const part of parts) total = joinLevels(total, part.total);
    this.known = { items, total };
    return this.known;
  }
}

/**
 * Items in order of popularity, by category. Decay keeps the order, so only what happens changes it; and what happens to one item
 * moves that item alone, however many there are.
 */
export class Rankings {
  private readonly root = new Category(null);
  private readonly places = new Map<string, Category>();

  /** Gives an item its level and its place; it leaves the one it had. */
  put(id: string, category: string | null, level: Level): void {
    const place = this.placeOf(category);
    if (this.places.get(id) !== place) this.remove(id);
    this.places.set(id, place);
    place.own.put(id, level);
    place.changed();
  }

  remove(id: string): void {
    const place = this.places.get(id);
    if (!place) return;
    this.places.delete(id);
    place.own.remove(id);
    place.changed();
  }

  /** Of a category and below it, or of everything. */
  of(category: string | null): Ranking {
    let place: Category | undefined = this.root;
    for (const step of stepsOf(category)) place = place?.below.get(step);
    return place?.ranking ?? NOTHING;
  }

  private placeOf(category: string | null): Category {
    let place = this.root;
    for (const step of stepsOf(category)) {
      let next = place.below.get(step);
      if (!next) place.below.set(step, (next = new Category(place)));
      place = next;
    }
    return place;
  }
}

function stepsOf(category: string | null): string[] {
  return category === null ? [] : category.split(STEP);
}
