import type { CompiledTreatment, CompiledZone } from '../catalogue/index.js';
import { type Evaluation, outranks } from './evaluation.js';
import { type DecideInput, Evaluator } from './evaluator.js';

/** One offer in the zone it was chosen for. */
export interface Choice {
  evaluation: Evaluation;
  treatment: CompiledTreatment;
}

export interface Decision {
  zones: { zone: CompiledZone; count: number; choices: Choice[] }[];
  /** Every offer that was considered, each once, with its numbers or the rule that dropped it. */
  evaluations: Evaluation[];
}

/**
 * The next best actions for one person in one context. Pure: the same input gives the same answer.
 *
 * An offer passes its validity window, then the engagement policy of its issue, its group and its own (unknown does not
 * pass), then "already accepted", what the person said no to, and contact policies. What is left is
 * ranked by priority = P × C × V × L, where C is the product of all context weights whose rule holds: each weight says by how
 * much its circumstance matters, so two that hold both matter, and a weight of 0 rules the offer to the end of the list.
 * Zones are filled in the order of the request; an offer appears at most once.
 */
export function decide(input: DecideInput): Decision {
  return new Deliberation(input).decide();
}

/** A decision that can be taken again when an offer turns out not to be had. */
export class Deliberation {
  private readonly evaluator: Evaluator;

  constructor(private readonly input: DecideInput) {
    this.evaluator = new Evaluator(input);
  }

  /** Fills the zones. Once more after {@link refuse}: then others move up. */
  decide(): Decision {
    const { evaluator } = this;
    for (const evaluation of evaluator.evaluations) evaluation.reset();
    const zones = this.input.zones.map(({ zone, count }, number) => ({
      zone,
      count,
      choices: choose(zone, number, count, evaluator),
    }));
    for (const evaluation of evaluator.evaluations) {
      if (evaluation.dropped === null && evaluation.zone < 0) evaluation.dropped = 'outranked';
    }
    return { zones, evaluations: evaluator.evaluations };
  }

  /** A hard cap leaves nothing of an offer. */
  refuse(evaluation: Evaluation, cap: string | null): void {
    if (evaluation.dropped !== null && evaluation.dropped !== 'outranked') return;
    evaluation.dropped = 'cap-reached';
    evaluation.detail = cap;
  }
}

/** The best `count` offers of a zone that no zone before has taken. */
function choose(zone: CompiledZone, number: number, count: number, evaluator: Evaluator): Choice[] {
  const best: Choice[] = [];
  for (const candidate of zone.candidates) {
    const evaluation = evaluator.evaluate(candidate);
    if (evaluation.dropped !== null || evaluation.zone >= 0) continue;
    const last = best[best.length - 1];
    if (last && best.length === count && !outranks(evaluation, last.evaluation)) continue;
    insert(best, { evaluation, treatment: candidate.treatment });
    if (best.length > count) best.pop();
  }
  for (let place = 0; place < best.length; place += 1) {
    const { evaluation } = best[place]!;
    evaluation.zone = number;
    evaluation.place = place;
  }
  return best;
}

/** Keeps the list in rank order. */
function insert(best: Choice[], choice: Choice): void {
  let at = best.length;
  for (let other = best[at - 1]; other && outranks(choice.evaluation, other.evaluation); other = best[at - 1])
    at -= 1;
  best.splice(at, 0, choice);
}
