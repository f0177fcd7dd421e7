import type { Shelf } from '@repartee/items/domain';
import type { CompiledOffer, ItemSource } from '../domain/index.js';

/** Items as they are at one moment. */
export class ShelvedItems implements ItemSource {
  /** @param now milliseconds */
  constructor(
    private readonly shelf: Shelf,
    private readonly now: number,
  ) {}

  shortageOf({ items }: CompiledOffer): string | null {
    return items?.item == null ? null : this.shelf.shortageOf(items.item, this.now);
  }
}
