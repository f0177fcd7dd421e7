import type { CatalogueSnapshot, CompiledOverride } from '../catalogue/index.js';

/** What takes the place of an offer that is over, when the context says which one as `replaces`. */
export function replacementIn({ offersByKey }: CatalogueSnapshot, context: object): CompiledOverride | null {
  const { replaces } = context as { replaces?: unknown };
  const offer = typeof replaces === 'string' ? offersByKey.get(replaces)?.replacement : null;
  if (typeof replaces !== 'string' || offer == null) return null;
  return { key: replaces, offer, force: false, rule: -1, validFrom: -Infinity, validUntil: Infinity };
}
