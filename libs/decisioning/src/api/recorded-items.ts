import type { CompiledOffer, ItemSource, PickedItems, Receipt } from '../domain/index.js';

/**
 * Items as a receipt recorded them: what was in stock then, and what others had looked at and bought by then, is not
 * kept.
 */
export class RecordedItems implements ItemSource {
  private readonly shortages = new Map<string, string>();
  private readonly picked = new Map<string, PickedItems>();
  /** Offers whose items, or want of them, were taken from the receipt. */
  asRecorded = 0;

  constructor({ candidates, items }: Receipt) {
    for (const { offer, dropped, detail } of candidates)
      if (dropped === 'out-of-stock' || dropped === 'too-few-items') this.shortages.set(offer, detail ?? '');
    for (const { offer, ...picked } of items) this.picked.set(offer, { ...picked, shortage: null });
  }

  shortageOf({ key, items }: CompiledOffer): string | null {
    if (items?.item == null) return null;
    this.asRecorded += 1;
    return this.shortages.get(key) ?? null;
  }

  pick({ key }: CompiledOffer): PickedItems {
    this.asRecorded += 1;
    const { items = [], from = [] } = this.picked.get(key) ?? {};
    return { items, from, shortage: this.shortages.get(key) ?? null };
  }
}
