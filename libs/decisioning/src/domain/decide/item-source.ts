import type { CompiledOffer } from '../catalogue/index.js';

/** What is known of items while a decision is taken. */
export interface ItemSource {
  /** Why the item an offer proposes is not to be had; null when it is, or the offer proposes none. */
  shortageOf(offer: CompiledOffer): string | null;
}
