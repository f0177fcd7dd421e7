import type { Stage } from '@repartee/learning/domain';
import type { EngagementLevel, EngagementQuestion } from '../catalogue/index.js';
import type { DropRule } from '../decide/index.js';
import type { ImpactArm } from '../impact/index.js';
import type { FirstPlaces } from './first-places.js';
import type { ReceiptTrial } from './receipt-trial.js';

/** What a receipt says besides the decision itself. */
export interface ReceiptHeader {
  decisionId: string;
  /** Milliseconds. */
  at: number;
  channel: string;
  profileId: string | null;
  anonymousId: string | null;
  profileVersion: number;
  /** Something beside a device was known of the person; the rest of the person follows from the version. */
  known: boolean;
  /** Nothing was to be chosen for this person. */
  fallbackOnly: boolean;
  /** The policy by which the person was in the control group. */
  control: string | null;
  /** The arm of the impact analysis the person was in; null for most. */
  arm: ImpactArm | null;
  /** As the request said it. */
  timeZone: string | null;
  /** How far the log of what was learned was applied. */
  learned: number;
  dialogueId: string;
  configurationRevision: number;
  /** Names the roster that candidates are numbered by. */
  roster: string;
  /** The request's context as JSON, or what stands for it. */
  context: string;
  /** The experiments that made, or could have made, a difference. */
  experiments?: readonly ReceiptTrial[];
  /** How far what people did with items was counted. */
  itemsCounted?: number | null;
}

/** The items an offer was filled with. */
export interface ReceiptItems {
  offer: string;
  /** Ids, best first. */
  items: readonly string[];
  /** The items that was begun with. */
  from: readonly string[];
}

/** One candidate as the receipt keeps it. */
export interface ReceiptCandidate {
  offer: string;
  stage: Stage;
  /** The zone it was chosen for; null when it was not. */
  zone: string | null;
  /** Its place in that zone, from 0. */
  place: number | null;
  /** The rule that dropped it, with what was unknown. */
  dropped: DropRule | null;
  detail: string | null;
  /** Which part of the engagement policy objected, and at which level; null for other rules. */
  question: EngagementQuestion | null;
  level: EngagementLevel | null;
  /** Null when a rule dropped it before ranking. */
  propensity: number | null;
  contextWeight: number | null;
  value: number | null;
  lever: number | null;
  priority: number | null;
}

/** The record of one decision. */
export interface Receipt {
  decisionId: string;
  at: string;
  channel: string;
  profileId: string | null;
  anonymousId: string | null;
  profileVersion: number;
  known: boolean;
  fallbackOnly: boolean;
  /** The policy by which the person was in the control group. */
  control: string | null;
  /** The arm of the impact analysis the person was in; null for most. */
  arm: ImpactArm | null;
  /** As the request said it. */
  timeZone: string | null;
  /** How far the log of what was learned was applied. */
  learned: number;
  dialogueId: string;
  configurationRevision: number;
  context: unknown;
  experiments: ReceiptTrial[];
  /** Of the offers that were chosen. */
  items: ReceiptItems[];
  /** How far what people did with items was counted; null where no offer was filled with any. */
  itemsCounted: number | null;
  /** `first`: the chances of the first place; null until they were worked out. */
  zones: { zone: string; count: number; offers: string[]; first: FirstPlaces | null }[];
  candidates: ReceiptCandidate[];
}

/** What stands where the receipt of an erased person stood, as JSON. */
export const ERASED_RECEIPT = '{"erased":true}';
