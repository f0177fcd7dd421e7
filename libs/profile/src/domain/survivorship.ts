import type { ConsentEntry, OfferMemory, TraitEntry } from './golden-record.js';

/** Later wins; the id breaks ties, so that every order of arrival ends the same. */
function later(a: { at: number; eventId: string }, b: { at: number; eventId: string }): boolean {
  return a.at !== b.at ? a.at > b.at : a.eventId > b.eventId;
}

/** What was proved beats what was claimed; among equals the most recent wins. */
export function survivingTrait(a: TraitEntry | undefined, b: TraitEntry): TraitEntry {
  if (!a) return b;
  if (a.verified !== b.verified) return a.verified ? a : b;
  return later(a, b) ? a : b;
}

/** A person's own latest word counts. */
export function survivingConsent(a: ConsentEntry | undefined, b: ConsentEntry): ConsentEntry {
  if (!a) return b;
  return later(a, b) ? a : b;
}

/** Where two people turn out to be one, the more restrictive word counts: nobody is written to who said no. */
export function mostRestrictiveConsent(a: ConsentEntry | undefined, b: ConsentEntry): ConsentEntry {
  if (!a) return b;
  if (a.status !== b.status) return a.status === 'denied' ? a : b;
  return later(a, b) ? a : b;
}

/** Both memories' responses, as if one person had given them all. */
export function mergedOfferMemory(a: OfferMemory | undefined, b: OfferMemory): OfferMemory {
  if (!a) return b;
  const { lastResponse, lastAt, lastId } = tellsMore(a, b) ? a : b;
  return {
    impressions: a.impressions + b.impressions,
    clicks: a.clicks + b.clicks,
    accepts: a.accepts + b.accepts,
    rejects: a.rejects + b.rejects,
    dismissals: a.dismissals + b.dismissals,
    laters: a.laters + b.laters,
    converts: a.converts + b.converts,
    lastResponse,
    lastAt,
    lastId,
  };
}

function tellsMore(a: OfferMemory, b: OfferMemory): boolean {
  const told = (memory: OfferMemory) => memory.lastResponse !== null && memory.lastResponse !== 'impression';
  if (told(a) !== told(b)) return told(a);
  if (a.lastAt !== b.lastAt) return (a.lastAt ?? 0) > (b.lastAt ?? 0);
  return (a.lastId ?? '') > (b.lastId ?? '');
}
