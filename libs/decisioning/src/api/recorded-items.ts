import type { CompiledOffer, ItemSource, Receipt } from '../domain/index.js';

/** Items as a receipt recorded them: what was in stock when is not kept. */
export class RecordedItems implements ItemSource {
  private readonly shortages: ReadonlyMap<string, string>;

  constructor({ candidates }: Receipt) {
    this.shortages = new Map(
      candidates.flatMap(({ offer, dropped, detail }) =>
        dropped === 'out-of-stock' ? [[offer, detail ?? '']] : [],
      ),
    );
  }

  shortageOf({ key }: CompiledOffer): string | null {
    return this.shortages.get(key) ?? null;
  }
}
