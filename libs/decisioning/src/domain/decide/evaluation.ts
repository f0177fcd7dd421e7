import type { Stage } from '@repartee/learning/domain';
import type { ImpactArm } from '../impact/index.js';
import type { PickedItems } from './item-source.js';
import type { CompiledOffer, EngagementLevel, EngagementQuestion } from '../catalogue/index.js';
import type { Ties } from './ties.js';

/**
 * The rules that keep an offer from being shown, in the order in which they are asked. `outranked` offers were rated;
 * `not-renderable` ones were chosen, but their content failed.
 */
export const dropRules = [
  'not-yet-valid',
  'no-longer-valid',
  'out-of-stock',
  'not-eligible',
  'not-applicable',
  'not-suitable',
  'unknown',
  'already-accepted',
  'wanted-later',
  'rejected',
  'contact-policy',
  'too-few-items',
  'in-experiment',
  'cap-reached',
  'crowded-out',
  'outranked',
  'not-renderable',
  // Receipts number the rules: new ones come last, wherever they are asked.
  'not-verified',
] as const;
export type DropRule = (typeof dropRules)[number];

/** All that was found about one offer in one decision. */
export class Evaluation {
  /** P, C, V, L and their product; meaningful only when no rule before ranking dropped the offer. */
  propensity = 0;
  contextWeight = 1;
  priority = 0;
  lever: number;
  stage: Stage = 'new';
  dropped: DropRule | null = null;
  /** Why the rule could not be decided; or which policy, experiment, or other offer's rejection keeps it away. */
  detail: string | null = null;
  /** Which part of the engagement policy objected, and where it stands. */
  question: EngagementQuestion | null = null;
  level: EngagementLevel | null = null;
  /** When what keeps it away lifts, where that is known. Milliseconds. */
  until: number | null = null;
  /** Number of the requested zone it was chosen for, and its place there; −1 when it was not chosen. */
  zone = -1;
  place = -1;

  /** The items it is filled with; null where it is filled with none. */
  picked: PickedItems | null = null;
  /** When it ends for this person, where that is not the same for everybody. Milliseconds. */
  endsAt: number | null = null;
  /** The arm that ranks it otherwise than by P × C × V × L. */
  arm: ImpactArm | null = null;
  /** The override that put it where it is. */
  override: string | null = null;
  /** It takes the place of the offer that `override` names. */
  instead = false;
  /** It is of the decision that its slate is used for now. */
  considered = false;

  constructor(readonly offer: CompiledOffer) {
    this.lever = offer.lever;
  }

  /** As if it were new. */
  renew(): void {
    this.propensity = 0;
    this.contextWeight = 1;
    this.priority = 0;
    this.lever = this.offer.lever;
    this.stage = 'new';
    this.dropped = null;
    this.detail = null;
    this.question = null;
    this.level = null;
    this.until = null;
    this.zone = -1;
    this.place = -1;
    this.picked = null;
    this.endsAt = null;
    this.arm = null;
    this.override = null;
    this.instead = false;
  }

  /** As it was before any offer was chosen. */
  reset(): void {
    this.zone = -1;
    this.place = -1;
    this.override = null;
    this.instead = false;
    const { dropped } = this;
    if (dropped !== 'outranked' && dropped !== 'crowded-out' && dropped !== 'not-renderable') return;
    this.dropped = null;
    this.detail = null;
  }
}

/** Whether `a` goes before `b`: by its priority, and where that is equal by the person's order of the day. */
export function outranks(a: Evaluation, b: Evaluation, ties: Ties): boolean {
  if (a.priority !== b.priority) return a.priority > b.priority;
  return ties.before(a.offer, b.offer);
}
