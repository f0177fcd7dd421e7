import type { RuleVariables } from '@repartee/profile/domain';
import type { Evaluation } from './evaluation.js';
import type { ItemSource } from './item-source.js';

/** Whether there is some of the item an offer proposes; else notes why not. */
export function isStocked(evaluation: Evaluation, items: ItemSource | undefined): boolean {
  const shortage = items?.shortageOf(evaluation.offer) ?? null;
  if (shortage === null) return true;
  evaluation.dropped = 'out-of-stock';
  evaluation.detail = shortage;
  return false;
}

/** Fills an offer with items; notes it when there are too few. */
export function isFilled(
  evaluation: Evaluation,
  items: ItemSource | undefined,
  variables: RuleVariables,
): boolean {
  if (!items || evaluation.offer.items?.recommendation == null) return true;
  const picked = items.pick(evaluation.offer, variables);
  evaluation.picked = picked;
  if (picked.shortage === null) return true;
  evaluation.dropped = 'too-few-items';
  evaluation.detail = picked.shortage;
  return false;
}
