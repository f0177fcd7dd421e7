import type { CompiledContent } from '@repartee/contracts';
import type { Prior } from '@repartee/learning/domain';
import type { ProfileView, Rule, Verdict } from '@repartee/profile/domain';

/** A rule, compiled once however many offers use it. */
export interface SharedRule {
  rule: Rule;
  /** Speaks of the profile alone: its verdict holds for as long as the profile does not change. */
  profileOnly: boolean;
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

export interface CompiledOffer {
  /** Position in the snapshot, which is in key order: the last word in a tie. */
  index: number;
  key: string;
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
  /** In the order in which they are asked: all of eligibility, then applicability, then suitability; from the issue down. */
  engagement: readonly EngagementRule[];
  contextWeights: readonly { rule: number; weight: number }[];
  repeatable: boolean;
  prior: Prior | undefined;
  /** Its key, and V and L with a comma between, as JSON: every receipt holds them. */
  json: { key: string; worth: string };
}

export interface CompiledTreatment {
  key: string;
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
  /** In key order of the offers. */
  candidates: readonly ZoneCandidate[];
}

/** Verdicts of the profile-only rules for one profile version; a hole has not been asked for yet. */
export type VerdictCache = (Verdict | undefined)[];

/** A whole catalogue ready for decisions. Never changes; a new configuration makes a new one. */
export interface CatalogueSnapshot {
  revision: number;
  offers: readonly CompiledOffer[];
  offersByKey: ReadonlyMap<string, CompiledOffer>;
  zones: ReadonlyMap<string, CompiledZone>;
  treatments: ReadonlyMap<string, CompiledTreatment>;
  rules: readonly SharedRule[];
  /** Keyed by the view object: a profile's new version is a new object, so nothing here goes stale. */
  verdicts: WeakMap<ProfileView, VerdictCache>;
}
