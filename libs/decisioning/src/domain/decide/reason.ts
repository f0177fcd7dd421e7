import type { Stage } from '@repartee/learning/domain';
import type { EngagementQuestion } from '../catalogue/index.js';
import type { ImpactArm } from '../impact/index.js';
import type { DropRule, Evaluation } from './evaluation.js';

const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  new: 'Not shown before',
  seen: 'Shown before',
  clicked: 'Clicked before',
  later: 'Wanted later',
  dismissed: 'Dismissed before',
  rejected: 'Rejected before',
  accepted: 'Accepted before',
};

export const DROP_WORDS: Readonly<Record<DropRule, string>> = {
  'not-yet-valid': 'Its validity has not begun',
  'no-longer-valid': 'Its validity has ended',
  'out-of-stock': 'There is none of its item',
  'not-eligible': 'The person is not eligible',
  'not-applicable': 'It does not apply now',
  'not-suitable': 'It does not suit the person',
  unknown: 'Whether it fits is unknown',
  'already-accepted': 'The person has accepted it already',
  'wanted-later': 'The person wants to hear of it later',
  rejected: 'The person said no',
  'contact-policy': 'The person has had enough for now',
  'too-few-items': 'There are too few items to fill it with',
  'in-experiment': 'An experiment keeps it from this person',
  'cap-reached': 'No more of it may be offered',
  'crowded-out': 'Enough of its kind are shown',
  outranked: 'Other offers ranked higher',
  'not-renderable': 'Its content could not be rendered',
  'not-verified': 'It is not known for sure who the person is',
};

/** How the arms of the impact analysis rank. */
const ARM_WORDS: Readonly<Record<ImpactArm, string>> = {
  reference: '',
  'model-control': '; likelihood by counts, to measure what the models are worth',
  random: '; ranked by chance, to measure what ranking is worth',
  'propensity-only': '; ranked by likelihood alone, to measure what value, context and levers are worth',
  'no-lever': '; ranked without levers, to measure what they are worth',
};

const UNKNOWN_WORDS: Readonly<Record<EngagementQuestion, string>> = {
  eligibility: 'Whether the person is eligible is unknown',
  applicability: 'Whether it applies now is unknown',
  suitability: 'Whether it suits the person is unknown',
};

/** Why an offer was chosen, or was not, in one sentence. */
export function reasonFor(evaluation: Evaluation): string {
  if (evaluation.dropped !== null && evaluation.dropped !== 'outranked') {
    return objection(evaluation, evaluation.dropped);
  }
  if (evaluation.instead) return `In place of ${evaluation.override}, which is over.`;
  if (evaluation.override !== null) return `Put here by the marketer (${evaluation.override}).`;
  const { offer, propensity, contextWeight, stage, lever } = evaluation;
  const percent = Math.round(propensity * 1000) / 10;
  const worth = offer.currency === null ? `${offer.value}` : `${offer.value} ${offer.currency}`;
  let sentence = `${STAGE_WORDS[stage]}; ${percent} % likely to say yes, worth ${worth}`;
  if (contextWeight !== 1) sentence += `, ×${round(contextWeight)} in this context`;
  if (lever !== 1) sentence += `, ×${round(lever)} by the marketer`;
  sentence += ARM_WORDS[evaluation.arm ?? 'reference'];
  return evaluation.dropped === null ? `${sentence}.` : `${sentence}. ${DROP_WORDS.outranked}.`;
}

/** Rules of the offer itself need no mention of where they stand. */
function objection({ question, level, offer, detail, until }: Evaluation, dropped: DropRule): string {
  const words = dropped === 'unknown' && question ? UNKNOWN_WORDS[question] : DROP_WORDS[dropped];
  const where =
    level === 'issue' || level === 'group' ? ` (${question} of the ${level} ${offer[level]})` : '';
  const lifts = until === null ? '' : ` until ${new Date(until).toISOString()}`;
  return `${words}${where}${detail === null ? '' : `: ${detail}`}${lifts}.`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
