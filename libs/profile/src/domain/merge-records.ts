import { mergeCarts } from './cart.js';
import type { GoldenRecord } from './golden-record.js';
import { earlierDevice, mergedCounter } from './reduce-event.js';
import { mergeItemMemories } from './item-memory.js';
import { mergedOfferMemory } from './survivorship.js';
import { mergeContacts } from './contact-history.js';
import { joinConsents } from './consents/consent.js';
import { joinPreferences } from './consents/reduce-consents.js';
import { joinDerived } from './derived-traits.js';
import type { TraitBook } from './trait-book.js';

function mergeMaps<T>(
  a: Record<string, T>,
  b: Record<string, T>,
  merge: (a: T | undefined, b: T) => T,
): Record<string, T> {
  const merged = { ...a };
  for (const [key, value] of Object.entries(b))
    merged[key] = merge(Object.hasOwn(a, key) ? a[key] : undefined, value);
  return merged;
}

/**
 * Two golden records that turn out to be one person's. Identifiers are identity's word and orders are counted anew
 * by the caller; everything else is joined here by survivorship. The survivor's id stays.
 */
export function mergeRecords(survivor: GoldenRecord, merged: GoldenRecord, book: TraitBook): GoldenRecord {
  const items = mergeItemMemories(survivor.items, merged.items);
  const dialogue = [survivor.dialogue, merged.dialogue].sort((a, b) => (b?.at ?? 0) - (a?.at ?? 0))[0];
  return {
    ...survivor,
    ...(dialogue && { dialogue }),
    family: [...new Set([...survivor.family, ...merged.family])],
    ...joinDerived(survivor, merged, book),
    consents: mergeMaps(survivor.consents, merged.consents, joinConsents),
    ...joinPreferences(survivor, merged),
    events: mergeMaps(survivor.events, merged.events, mergedCounter),
    offers: mergeMaps(survivor.offers, merged.offers, mergedOfferMemory),
    ...((survivor.contacts ?? merged.contacts) && {
      contacts: mergeContacts(survivor.contacts, merged.contacts),
    }),
    ...(items && { items }),
    cart: mergeCarts(survivor.cart, merged.cart),
    ...(merged.device && { device: earlierDevice(survivor.device, merged.device) }),
    firstSeen: Math.min(survivor.firstSeen, merged.firstSeen),
    lastSeen: Math.max(survivor.lastSeen, merged.lastSeen),
  };
}
