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

  get size(): number {
    return this.held.size;
  }

  put(item: Item): void {
    const { category = null } = item;
    this.held.set(item.id, { id: item.id, category, supply: supplyOf(item), json: JSON.stringify(item) });
  }

  remove(id: string): void {
    this.held.delete(id);
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
