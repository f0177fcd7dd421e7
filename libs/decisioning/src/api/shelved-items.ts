import type { Recommendations } from '@repartee/items';
import { lastViewed, type Seed, seedsOf } from '@repartee/items/domain';
import type { CartLine, ProfileView, RuleVariables } from '@repartee/profile/domain';
import type { CompiledOffer, CompiledRecommendation, ItemSource, PickedItems } from '../domain/index.js';

const NONE: PickedItems = { items: [], from: [], shortage: null };

/** Items as they are at one moment. */
export class ShelvedItems implements ItemSource {
  /** @param now milliseconds */
  constructor(
    private readonly recommendations: Recommendations,
    private readonly now: number,
  ) {}

  shortageOf({ items }: CompiledOffer): string | null {
    return items?.item == null ? null : this.recommendations.shelf.shortageOf(items.item, this.now);
  }

  pick({ items: speaksOf }: CompiledOffer, variables: RuleVariables): PickedItems {
    const wanted = speaksOf?.recommendation;
    if (!wanted) return NONE;
    const profile = variables.profile as ProfileView;
    const { seeds, unknown } = seedsFor(wanted, profile, variables);
    const bought = wanted.excludePurchased ? (profile.items?.bought ?? []) : [];
    const items = this.recommendations.recommend({
      strategies: wanted.strategies,
      count: wanted.count,
      category: wanted.category,
      seeds,
      memory: profile.items,
      exclude: new Set([...cartOf(profile), ...bought.map(([item]) => item)]),
      now: this.now,
    });
    const enough = items.length >= wanted.atLeast;
    return {
      items,
      from: seeds.map(({ item }) => item),
      shortage: enough ? null : (unknown ?? `${items.length} of at least ${wanted.atLeast}`),
    };
  }
}

/** Where to begin; `unknown`: why that cannot be told. */
function seedsFor(
  { from }: CompiledRecommendation,
  profile: ProfileView,
  variables: RuleVariables,
): { seeds: Seed[]; unknown?: string } {
  if (from === 'last_viewed') return { seeds: lastViewed(profile.items) };
  if (from === 'cart') return { seeds: seedsOf(cartOf(profile)) };
  const { value = [], unknown } = from.evaluate(variables);
  return { seeds: seedsOf(value), ...(unknown !== undefined && { unknown }) };
}

function cartOf({ computed }: ProfileView): string[] {
  const lines = (computed['cart_products'] ?? []) as CartLine[];
  return lines.map(({ product }) => product);
}
