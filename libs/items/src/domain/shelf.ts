import { shortageOf, type Supply, supplyOf } from './availability.js';
import type { Item } from './item-schema.js';

/** An item as it is held in memory. */
export interface ShelvedItem {
  readonly id: string;
  readonly category: string | null;
  readonly supply: Supply;
  /** The rest of it: a text takes a fraction of the memory, and only what is shown is read. */
  readonly json: string;
}

/** All items, in memory. Follows what is told. */
export class Shelf {
  private readonly held = new Map<string, ShelvedItem>();
  private moved = new Set<string>();

  get size(): number {
    return this.held.size;
  }

  put(item: Item): void {
    const { category = null } = item;
    const before = this.held.get(item.id);
    if (!before || before.category !== category) this.moved.add(item.id);
    this.held.set(item.id, { id: item.id, category, supply: supplyOf(item), json: JSON.stringify(item) });
  }

  remove(id: string): void {
    if (this.held.delete(id)) this.moved.add(id);
  }

  /** The items that came, went, or changed their category since this was asked last. */
  takeMoved(): ReadonlySet<string> {
    const { moved } = this;
    this.moved = new Set();
    return moved;
  }

  find(id: string): ShelvedItem | undefined {
    return this.held.get(id);
  }

  /** Why there is none of an item, in a few words; null when there is some. @param now milliseconds */
  shortageOf(id: string, now: number): string | null {
    return shortageOf(this.held.get(id)?.supply, now);
  }

  /** What was told of an item. */
  read(id: string): Item | undefined {
    const held = this.held.get(id);
    return held && (JSON.parse(held.json) as Item);
  }
}
