import type { CompiledContent } from '@repartee/contracts';
import type { Prior } from '@repartee/learning/domain';
import type { OfferSummary, ProfileView, Rule, Verdict } from '@repartee/profile/domain';
import type { AttributeValues } from './attributes/index.js';
import type { CompiledImpact } from '../impact/index.js';
import type { CompiledNegotiation } from '../negotiation/compile-negotiation.js';
import type { CompiledQuiet } from './compile-quiet.js';
import type { NumberLists } from './number-lists.js';
import type { OfferItems } from './items/offer-items.js';
import type { CapDimension } from './policy-schema.js';
import type { Period, TimeZones } from './time-zones.js';

/** A rule, compiled once however many offers use it. */
export interface SharedRule {
  rule: Rule;
  /** Speaks of the profile alone: its verdict holds for as long as the profile does not change. */
  profileOnly: boolean;
  /** The different verdicts it gave so far. */
  verdicts: Verdict[];
}

export const engagementQuestions = ['eligibility', 'applicability', 'suitability'] as const;
export type EngagementQuestion = (typeof engagementQuestions)[number];
export const engagementLevels = ['issue', 'group', 'offer'] as const;
export type EngagementLevel = (typeof engagementLevels)[number];

/** One rule of the engagement policy an offer stands under. */
export interface EngagementRule {
  /** Index in the snapshot's rules. */
  rule: number;
  question: EngagementQuestion;
  level: EngagementLevel;
}

/** At most so many offers of one bucket. */
export interface CompiledLimit {
  key: string;
  /** What is counted together. */
  bucket: string;
  atMost: number;
  per: 'decision' | 'zone';
}

/** The marketer's last word on a zone. */
export interface CompiledOverride {
  key: string;
  offer: string;
  force: boolean;
  /** Index of its rule in the snapshot, or −1. */
  rule: number;
  /** Milliseconds. */
  validFrom: number;
  validUntil: number;
}

export interface CompiledControl {
  key: string;
  /** Of all people, in [0, 1]. */
  share: number;
  channels: ReadonlySet<string> | null;
}

/** A validity that depends on the person. */
export interface OfferTiming {
  /** The bounds are times on the person's clock, as if they were UTC. */
  localFrom: boolean;
  localUntil: boolean;
  /** Milliseconds from the first time the person was offered it; null: no end of that kind. */
  lasts: number | null;
}

/** A hard cap as one offer meets it. */
export interface CompiledCap {
  key: string;
  channels: ReadonlySet<string> | null;
  /** Displays, or millionths of the currency. */
  limit: number;
  /** What this offer takes of it each time. */
  amount: number;
  each: ReadonlySet<CapDimension>;
  /** Path of the property with a count for each value. */
  property: readonly string[] | null;
  period: Period | null;
  timeZone: string;
  /** Milliseconds. */
  hold: number;
}

/** An offer whose rejection matters, and for how long. */
export interface RejectedOffer {
  key: string;
  lasts: number | 'session';
}

/** What templates may say of an offer. */
export interface OfferFacts {
  readonly key: string;
  readonly name: string;
  readonly group: string | null;
  readonly value: number;
  readonly currency: string | null;
  readonly attributes: AttributeValues;
}

export interface CompiledOffer {
  /** Position in the snapshot, which is in key order: the last word in a tie. */
  index: number;
  key: string;
  /** Hash of its key: its place among offers of equal priority follows from it. */
  tie: number;
  name: string;
  group: string | null;
  issue: string | null;
  value: number;
  currency: string | null;
  /** Where a click leads. */
  url: string | null;
  /** L: 1 + (issue + group + offer) / 100, not below 0. */
  lever: number;
  /** Milliseconds; the first moment it is valid and the first it no longer is. */
  validFrom: number;
  validUntil: number;
  /** Its validity is not the same for everybody; null for most offers. */
  timing: OfferTiming | null;
  /** Whether its end is shown as a countdown. */
  countdown: boolean;
  /** In the order in which they are asked: all of eligibility, then applicability, then suitability; from the issue down. */
  engagement: readonly EngagementRule[];
  contextWeights: readonly { rule: number; weight: number }[];
  /** Shown only while it is known for sure who the person is. */
  verifiedOnly: boolean;
  repeatable: boolean;
  tags: readonly string[];
  /** How long a no keeps it away, milliseconds; or for the session; or not at all. */
  afterReject: number | 'session' | null;
  /** Other offers whose rejection speaks of this one, too. */
  rejectedWith: readonly RejectedOffer[];
  /** Hard caps on it; most offers have none. */
  caps: readonly CompiledCap[];
  /** Limits over the offers of one answer; most offers have none. */
  limits: readonly CompiledLimit[];
  /** The offer that takes its place when it is over. */
  replacement: string | null;
  /** Offers that this one holds. */
  bundle: readonly string[];
  afterLater: { factor: number; halfLife: number } | null;
  /** What agents may move of it; null for most offers. */
  negotiation: CompiledNegotiation | null;
  prior: Prior | undefined;
  /** Items it speaks of; null for most offers. */
  items: OfferItems | null;
  facts: OfferFacts;
}

export interface CompiledTreatment {
  key: string;
  offer: string;
  channel: string;
  content: CompiledContent;
}

/** One offer that may fill a zone, in the treatment it would have there. */
export interface ZoneCandidate {
  offer: CompiledOffer;
  treatment: CompiledTreatment;
}

export interface CompiledZone {
  key: string;
  channel: string;
  fallback: CompiledContent | null;
  overrides: readonly CompiledOverride[];
  /** In key order of the offers. */
  candidates: readonly ZoneCandidate[];
}

/** What is counted together, and kept away together. */
export type ContactTarget = 'offer' | 'group' | 'issue' | 'channel' | 'everything';

export interface CompiledContactPolicy {
  key: string;
  /** Keys of the offers that count; null: all offers, retired ones too. */
  of: ReadonlySet<string> | null;
  outcomes: ReadonlySet<string>;
  channels: ReadonlySet<string> | null;
  on: ReadonlySet<string> | null;
  count: number;
  /** Milliseconds. */
  within: number;
  lasts: number | null;
  suppress: ContactTarget;
}

/** Something kept away from a person. */
export interface Suppression {
  policy: CompiledContactPolicy;
  /** Milliseconds; the first moment it no longer holds. */
  until: number;
}

/** What is kept away from one person; an entry that is missing is nothing. */
export interface Suppressions {
  offers: ReadonlyMap<string, readonly Suppression[]>;
  groups: ReadonlyMap<string, readonly Suppression[]>;
  issues: ReadonlyMap<string, readonly Suppression[]>;
  channels: ReadonlyMap<string, readonly Suppression[]>;
  everything: readonly Suppression[];
}

/**
 * What follows for one person from one version of their profile alone, so that it is worked out once. Rules and offers
 * take a byte each: it is kept for as many people as there are profiles in memory.
 */
export interface Standing {
  suppressions: Suppressions;
  /** What the person did with offers that are there, by their index; null: nothing. */
  remembered: ReadonlyMap<number, OfferSummary> | null;
  /** Of each rule that speaks of the profile alone: 0, or one more than the number of its verdict. */
  verdicts: Uint8Array;
  /** Of each offer: 0, or one more than how many rules of its engagement policy hold whatever else is the case. */
  settled: Uint8Array;
}

/** A whole catalogue ready for decisions. Never changes; a new configuration makes a new one. */
export interface CatalogueSnapshot {
  revision: number;
  /** The moment of its revision from which on it is this; milliseconds. */
  from: number;
  offers: readonly CompiledOffer[];
  offersByKey: ReadonlyMap<string, CompiledOffer>;
  /** The rules of each offer's engagement policy, in its order; by the offer's index. */
  asked: NumberLists;
  /** The rules of each offer's context weights, and of each of these rules the weight. */
  weighed: NumberLists;
  weights: Float64Array;
  zones: ReadonlyMap<string, CompiledZone>;
  treatments: ReadonlyMap<string, CompiledTreatment>;
  rules: readonly SharedRule[];
  timeZones: TimeZones;
  /** Some offer stands under a limit. */
  limited: boolean;
  /** Some rule asks for `context.capacity`: how many agents are free. */
  asksCapacity: boolean;
  controls: readonly CompiledControl[];
  impact: CompiledImpact;
  contactPolicies: readonly CompiledContactPolicy[];
  quiet: readonly CompiledQuiet[];
  /** Keyed by the view object: a profile's new version is a new object, so nothing here goes stale. */
  standings: WeakMap<ProfileView, Standing>;
}
