import type { OfferMemory } from './golden-record.js';

/** Both memories' responses, as if one person had given them all. */
export function mergedOfferMemory(a: OfferMemory | undefined, b: OfferMemory): OfferMemory {
  if (!a) return b;
  const { lastResponse, lastAt, lastId, until } = tellsMore(a, b) ? a : b;
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
    ...(until !== undefined && { until }),
    ...earliest(a.since, b.since),
  };
}

function tellsMore(a: OfferMemory, b: OfferMemory): boolean {
  const told = (memory: OfferMemory) => memory.lastResponse !== null && memory.lastResponse !== 'impression';
  if (told(a) !== told(b)) return told(a);
  if (a.lastAt !== b.lastAt) return (a.lastAt ?? 0) > (b.lastAt ?? 0);
  return (a.lastId ?? '') > (b.lastId ?? '');
}

function earliest(a: number | undefined, b: number | undefined): { since?: number } {
  if (a === undefined && b === undefined) return {};
  return { since: Math.min(a ?? Infinity, b ?? Infinity) };
}
