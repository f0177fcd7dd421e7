import type { RuleVariables } from '@repartee/profile/domain';
import type { CompiledOffer } from '../catalogue/index.js';

/** The items an offer is filled with for one person. */
export interface PickedItems {
  /** Ids, best first. */
  readonly items: readonly string[];
  /** The items that was begun with. */
  readonly from: readonly string[];
  /** Why these are too few; null when they are enough. */
  readonly shortage: string | null;
}

/** What is known of items while a decision is taken. */
export interface ItemSource {
  /** Why the item an offer proposes is not to be had; null when it is, or the offer proposes none. */
  shortageOf(offer: CompiledOffer): string | null;
  /** Fills an offer that is filled with items. */
  pick(offer: CompiledOffer, variables: RuleVariables): PickedItems;
}
