import type { Strategy } from '@repartee/items/domain';
import type { TextsExpression } from '@repartee/profile/domain';
import type { SeedKind } from './recommendation-schema.js';

/** Items an offer is filled with, ready for decisions. */
export interface CompiledRecommendation {
  /** One after the other, until there are enough. */
  readonly strategies: readonly Strategy[];
  readonly from: SeedKind | TextsExpression;
  readonly count: number;
  readonly atLeast: number;
  readonly category: string | null;
  readonly excludePurchased: boolean;
}

/** What an offer has to do with items. */
export interface OfferItems {
  /** The one it proposes. */
  readonly item: string | null;
  readonly recommendation: CompiledRecommendation | null;
}
