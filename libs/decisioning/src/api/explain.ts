import {
  reasonFor,
  type EngagementLevel,
  type EngagementQuestion,
  type Evaluation,
  type Decision,
  type Deliberation,
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

/** Why each offer was or was not shown, and what to ask next. */
export function explanationOf(deliberation: Deliberation, decision: Decision) {
  const questions = deliberation.questions(decision);
  return {
    candidates: decision.evaluations.map(explain),
    ...(questions.length > 0 && { questions }),
  };
}

function explain(evaluation: Evaluation): ExplainedCandidate {
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
