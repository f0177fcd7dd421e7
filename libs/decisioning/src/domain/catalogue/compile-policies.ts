import { parseDuration } from '@repartee/contracts';
import type { CatalogueEntries, CatalogueEntry, Offer } from './catalogue-schema.js';
import type { Issue } from './issue.js';
import { OfferSelector } from './offer-selection.js';
import type { CapPolicy, ContactPolicy } from './policy-schema.js';
import type { CompiledCap, CompiledContactPolicy } from './snapshot.js';

/** Money is counted in millionths of its currency. */
export const MICROS = 1e6;

/** Policies, sorted by what they do. */
export interface CompiledPolicies {
  contactPolicies: CompiledContactPolicy[];
  /** By offer; offers without caps are missing. */
  caps: ReadonlyMap<string, readonly CompiledCap[]>;
}

/** Makes policies ready for decisions. */
export function compilePolicies(
  documents: CatalogueEntries,
  pointerOf: (entry: CatalogueEntry) => string,
  problems: Issue[],
): CompiledPolicies {
  const selector = new OfferSelector(documents, problems);
  const contactPolicies: CompiledContactPolicy[] = [];
  const caps = new Map<string, CompiledCap[]>();
  const cap = (offer: Offer, compiled: CompiledCap) =>
    caps.set(offer.key, [...(caps.get(offer.key) ?? []), compiled]);
  for (const policy of documents.policies) {
    const at = pointerOf(policy);
    const of = selector.select(policy.of, `${at}/of`);
    if (policy.type === 'contact') contactPolicies.push(compileContactPolicy(policy, of));
    else {
      for (const offer of documents.offers.filter(({ key }) => of === null || of.has(key))) {
        const problem = mismatch(policy, offer);
        if (problem !== null) problems.push({ pointer: `${at}/budget`, message: problem });
        cap(offer, compileCap(policy, offer));
      }
    }
  }
  for (const offer of documents.offers) if (offer.budget !== undefined) cap(offer, ownBudget(offer));
  return { contactPolicies, caps };
}

function mismatch({ budget }: CapPolicy, { key, cost, currency }: Offer): string | null {
  if (budget === undefined) return null;
  if (cost === undefined) return `the offer ${key} has no cost to take from it`;
  return currency === budget.currency ? null : `the offer ${key} costs ${currency ?? 'no currency'}`;
}

function compileCap(policy: CapPolicy, offer: Offer): CompiledCap {
  const { key, channels, limit, budget, each, property, period, timeZone, hold } = policy;
  return {
    key,
    channels: channels ? new Set(channels) : null,
    limit: limit ?? Math.round((budget?.amount ?? 0) * MICROS),
    amount: budget ? Math.round((offer.cost ?? 0) * MICROS) : 1,
    each: new Set(each),
    property: property?.split('.') ?? null,
    period: period ?? null,
    timeZone,
    hold: parseDuration(hold) ?? 0,
  };
}

/** An offer's own budget is a cap of its own; no policy's key holds a `#`. */
function ownBudget(offer: Offer): CompiledCap {
  return {
    key: `${offer.key}#budget`,
    channels: null,
    limit: Math.round((offer.budget ?? 0) * MICROS),
    amount: Math.round((offer.cost ?? 0) * MICROS),
    each: new Set(),
    property: null,
    period: null,
    timeZone: 'UTC',
    hold: parseDuration('15m') ?? 0,
  };
}

function compileContactPolicy(policy: ContactPolicy, of: ReadonlySet<string> | null): CompiledContactPolicy {
  const { key, outcomes, channels, on, count, suppress } = policy;
  return {
    key,
    of,
    outcomes: new Set(outcomes),
    channels: channels ? new Set(channels) : null,
    on: on ? new Set(on) : null,
    count,
    within: parseDuration(policy.within) ?? 0,
    lasts: policy.for === undefined ? null : (parseDuration(policy.for) ?? 0),
    suppress,
  };
}
