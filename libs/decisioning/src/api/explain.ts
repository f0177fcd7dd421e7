import {
  reasonFor,
  type EngagementLevel,
  type EngagementQuestion,
  type Evaluation,
} from '../domain/index.js';

/** Why an offer was or was not shown; the answer to `explain`. */
export interface ExplainedCandidate {
  offer: string;
  shown: boolean;
  rule: string | null;
  /** Which part of the engagement policy objected, and at which level. */
  question?: EngagementQuestion;
  level?: EngagementLevel;
  reason: string;
}

export function explain(evaluation: Evaluation): ExplainedCandidate {
  const { offer, dropped, question, level } = evaluation;
  return {
    offer: offer.key,
    shown: dropped === null,
    rule: dropped,
    ...(question !== null && { question }),
    ...(level !== null && { level }),
    reason: reasonFor(evaluation),
  };
}
