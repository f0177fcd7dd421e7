import type { RuleBook } from '../rule-book.js';
import type { CompiledRecommendation, OfferItems } from './offer-items.js';
import { type Recommendation, type SeedKind, seedKinds } from './recommendation-schema.js';

/** @param at where the offer stands; what is wrong is noted in the book */
export function compileOfferItems(
  { item, items }: { item?: string | undefined; items?: Recommendation | undefined },
  book: RuleBook,
  at: string,
): OfferItems | null {
  if (item === undefined && items === undefined) return null;
  return { item: item ?? null, recommendation: items ? compile(items, book, `${at}/items`) : null };
}

function compile(items: Recommendation, book: RuleBook, at: string): CompiledRecommendation {
  const { strategy, from, count, atLeast, category = null, excludePurchased, otherwise } = items;
  const usual = strategy === 'co_purchase' ? 'cart' : 'last_viewed';
  return {
    strategies: otherwise === undefined || otherwise === strategy ? [strategy] : [strategy, otherwise],
    from: from === undefined ? usual : (kindOf(from) ?? book.texts(from, `${at}/from`) ?? usual),
    count,
    atLeast,
    category,
    excludePurchased,
  };
}

function kindOf(from: string): SeedKind | undefined {
  return seedKinds.find((kind) => kind === from);
}
