import { parseDuration } from '@repartee/contracts';
import type { CatalogueEntries, CatalogueEntry, Offer } from './catalogue-schema.js';
import { type CompiledImpact, compileImpact, DEFAULT_IMPACT } from '../impact/index.js';
import type { Issue } from './issue.js';
import { OfferSelector } from './offer-selection.js';
import { MICROS } from './money.js';
import { Limits } from './compile-limits.js';
import type { CapPolicy, ContactPolicy, ControlPolicy, OverridePolicy } from './policy-schema.js';
import type { RuleBook } from './rule-book.js';
import type {
  CompiledCap,
  CompiledContactPolicy,
  CompiledControl,
  CompiledLimit,
  CompiledOverride,
} from './snapshot.js';

/** Policies, sorted by what they do. */
export interface CompiledPolicies {
  contactPolicies: CompiledContactPolicy[];
  /** By offer; offers without caps are missing. */
  caps: ReadonlyMap<string, readonly CompiledCap[]>;
  /** By offer. */
  limits: ReadonlyMap<string, readonly CompiledLimit[]>;
  /** By zone. */
  overrides: ReadonlyMap<string, readonly CompiledOverride[]>;
  controls: CompiledControl[];
  impact: CompiledImpact;
}

/** Makes policies ready for decisions. */
export function compilePolicies(
  documents: CatalogueEntries,
  book: RuleBook,
  pointerOf: (entry: CatalogueEntry) => string,
  problems: Issue[],
): CompiledPolicies {
  const selector = new OfferSelector(documents, problems);
  const selections = new Map<object, ReadonlySet<string> | null>();
  const caps = new Map<string, CompiledCap[]>();
  const overrides = new Map<string, CompiledOverride[]>();
  const compiled: CompiledPolicies = {
    contactPolicies: [],
    caps,
    limits: new Map(),
    overrides,
    controls: [],
    impact: impactOf(documents, pointerOf, problems),
  };
  for (const policy of documents.policies) {
    const at = pointerOf(policy);
    const of = 'of' in policy ? selector.select(policy.of, `${at}/of`) : null;
    selections.set(policy, of);
    if (policy.type === 'contact') compiled.contactPolicies.push(compileContactPolicy(policy, of));
    else if (policy.type === 'control') compiled.controls.push(compileControl(policy));
    else if (policy.type === 'override') {
      problems.push(...missingPlace(policy, documents, at));
      push(overrides, policy.zone, compileOverride(policy, book, at));
    } else if (policy.type === 'cap') {
      for (const offer of documents.offers.filter(({ key }) => of === null || of.has(key))) {
        const problem = mismatch(policy, offer);
        if (problem !== null) problems.push({ pointer: `${at}/budget`, message: problem });
        push(caps, offer.key, compileCap(policy, offer));
      }
    }
  }
  for (const offer of documents.offers)
    if (offer.budget !== undefined) push(caps, offer.key, ownBudget(offer));
  const limits = new Limits(documents, (policy) => selections.get(policy) ?? null);
  if (limits.none) return compiled;
  return { ...compiled, limits: new Map(documents.offers.map((offer) => [offer.key, limits.of(offer)])) };
}

/** One policy says how large the arms are; they cannot be of two sizes. */
function impactOf(
  { policies }: CatalogueEntries,
  pointerOf: (entry: CatalogueEntry) => string,
  problems: Issue[],
) {
  const [first, second] = policies.filter((policy) => policy.type === 'impact');
  if (second)
    problems.push({ pointer: `${pointerOf(second)}/type`, message: `${first?.key} is of this type already` });
  if (first === undefined) return DEFAULT_IMPACT;
  const said = Object.entries(first.percent).filter(([, percent]) => percent !== undefined);
  return compileImpact(Object.fromEntries(said), first.after);
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const held = map.get(key);
  if (held) held.push(value);
  else map.set(key, [value]);
}

/** An override puts an offer where it has a treatment. */
function missingPlace(
  { zone, offer }: OverridePolicy,
  { treatments }: CatalogueEntries,
  at: string,
): Issue[] {
  if (treatments.some((treatment) => treatment.offer === offer && treatment.zones.includes(zone))) return [];
  return [{ pointer: `${at}/offer`, message: `the offer ${offer} has no treatment in the zone ${zone}` }];
}

function compileOverride(policy: OverridePolicy, book: RuleBook, at: string): CompiledOverride {
  const { key, offer, mode, when, validFrom, validUntil } = policy;
  return {
    key,
    offer,
    force: mode === 'force',
    rule: when === undefined ? -1 : book.indexOf(when, `${at}/when`),
    validFrom: validFrom === undefined ? -Infinity : Date.parse(validFrom),
    validUntil: validUntil === undefined ? Infinity : Date.parse(validUntil),
  };
}

function compileControl({ key, percent, channels }: ControlPolicy): CompiledControl {
  return { key, share: percent / 100, channels: channels ? new Set(channels) : null };
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
