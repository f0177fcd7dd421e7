import { type CatalogueEntries, type CatalogueEntry, type Offer, offerSchema } from '../catalogue-schema.js';
import { inForceAt } from './offer-life.js';

/** A catalogue as it is from a moment on. */
export interface Phase {
  /** Milliseconds. */
  from: number;
  entries: CatalogueEntries;
  /** The entry as it is kept, of one that is as it was scheduled. */
  origins: ReadonlyMap<CatalogueEntry, CatalogueEntry>;
}

/** What a catalogue is at `now`, and what it will be at each moment that something is scheduled for. In order. */
export function phasesOf(entries: CatalogueEntries, now: number): [Phase, ...Phase[]] {
  const moments = momentsOf(entries.offers);
  const passed = moments.findLast((moment) => moment <= now) ?? -Infinity;
  const ahead = moments.filter((moment) => moment > now).map((moment) => phaseAt(entries, moment));
  return [phaseAt(entries, passed), ...ahead];
}

/** Milliseconds, in order, each once. */
function momentsOf(offers: readonly Offer[]): number[] {
  const moments = offers.flatMap(({ scheduled }) => (scheduled ? [Date.parse(scheduled.effectiveAt)] : []));
  return [...new Set(moments)].sort((a, b) => a - b);
}

function phaseAt(entries: CatalogueEntries, from: number): Phase {
  const origins = new Map<CatalogueEntry, CatalogueEntry>();
  const offers = entries.offers.map((offer) => {
    const then = inForceAt(offer, from);
    if (then === offer) return offer;
    const parsed = offerSchema.parse(then);
    origins.set(parsed, offer);
    return parsed;
  });
  return { from, entries: origins.size === 0 ? entries : { ...entries, offers }, origins };
}
