import { choose, Crowds, type Decision } from './choose.js';
import type { Evaluation } from './evaluation.js';
import { type NextQuestion, nextQuestions } from './next-question.js';
import type { DecideInput } from './decide-input.js';
import { Evaluator } from './evaluator.js';
import type { Slate } from './slate.js';
import { Ties } from './ties.js';

/**
 * The next best actions for one person in one context. Pure: the same input gives the same answer.
 *
 * An offer passes its validity window, then the engagement policy of its issue, its group and its own (unknown does not
 * pass), then "already accepted", what the person said no to, and contact policies. What is left is
 * ranked by priority = P × C × V × L, where C is the product of all context weights whose rule holds: each weight says by how
 * much its circumstance matters, so two that hold both matter, and a weight of 0 rules the offer to the end of the list.
 * Zones are filled in the order of the request; an offer appears at most once. What the marketer put into a zone comes
 * first; where limits leave no room for an offer, the next best moves up.
 */
export function decide(input: DecideInput): Decision {
  return new Deliberation(input).decide();
}

/** A decision that can be taken again when an offer turns out not to be had. */
export class Deliberation {
  private readonly evaluator: Evaluator;
  private readonly ties: Ties;

  /** @param slate a wiped one of the same catalogue; nothing else may be worked out on it until this decision is read */
  constructor(
    private readonly input: DecideInput,
    slate?: Slate,
  ) {
    this.evaluator = new Evaluator(input, slate);
    this.ties = new Ties(input.person ?? '', input.now);
  }

  /** Fills the zones. Once more after {@link refuse}: then others move up. */
  decide(): Decision {
    const { evaluator } = this;
    for (const evaluation of evaluator.evaluations) evaluation.reset();
    const crowds = this.input.snapshot.limited ? new Crowds() : null;
    const zones = this.input.zones.map(({ zone, count }, number) => ({
      zone,
      count,
      choices: choose({ zone, number, count, ties: this.ties }, evaluator, crowds),
    }));
    for (const evaluation of evaluator.evaluations) {
      if (evaluation.dropped === null && evaluation.zone < 0) evaluation.dropped = 'outranked';
    }
    return { zones, evaluations: evaluator.evaluations };
  }

  /** What to ask the person next: the answers that would change the ranking most, best first. */
  questions(decision: Decision): NextQuestion[] {
    return nextQuestions(decision, this.evaluator, this.input);
  }

  /** A hard cap leaves nothing of an offer. */
  refuse(evaluation: Evaluation, cap: string | null): void {
    if (evaluation.dropped !== null && evaluation.dropped !== 'outranked') return;
    evaluation.dropped = 'cap-reached';
    evaluation.detail = cap;
  }
}
