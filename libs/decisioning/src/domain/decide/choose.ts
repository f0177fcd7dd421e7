import type { CompiledLimit, CompiledTreatment, CompiledZone } from '../catalogue/index.js';
import { type Evaluation, outranks } from './evaluation.js';
import type { Evaluator } from './evaluator.js';
import type { Ties } from './ties.js';

/** One offer in the zone it was chosen for. */
export interface Choice {
  evaluation: Evaluation;
  treatment: CompiledTreatment;
}

/** What is offered in each zone. */
export interface Decision {
  zones: { zone: CompiledZone; count: number; choices: Choice[] }[];
  /** Every offer that was considered, each once, with its numbers or the rule that dropped it. */
  evaluations: Evaluation[];
}

/** How many offers of each bucket one answer has. */
export class Crowds {
  private readonly counts = new Map<string, number>();

  /** The limit that leaves no room for an offer; null when there is room. */
  limitFor({ offer }: Evaluation, zone: number): CompiledLimit | null {
    const full = ({ bucket, atMost, per }: CompiledLimit) =>
      (this.counts.get(place(bucket, per, zone)) ?? 0) >= atMost;
    return offer.limits.find(full) ?? null;
  }

  add({ offer }: Evaluation, zone: number): void {
    for (const { bucket, per } of offer.limits) {
      const key = place(bucket, per, zone);
      this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    }
  }
}

function place(bucket: string, per: CompiledLimit['per'], zone: number): string {
  return per === 'zone' ? `${zone}/${bucket}` : bucket;
}

/** What choosing for a zone wants to know. */
export interface ZoneToFill {
  zone: CompiledZone;
  /** Its place in the request. */
  number: number;
  count: number;
  ties: Ties;
}

/** The best offers of a zone that no zone before has taken; what the marketer put there before all. */
export function choose(fill: ZoneToFill, evaluator: Evaluator, crowds: Crowds | null): Choice[] {
  const { zone, number, count, ties } = fill;
  const first =
    zone.overrides.length === 0 && evaluator.replacement === null ? [] : overriding(fill, evaluator);
  const rest = count - first.length;
  const ranked = rest <= 0 ? [] : bestOf({ zone, count: crowds ? Infinity : rest, ties }, evaluator, first);
  for (const { evaluation } of first) crowds?.add(evaluation, number);
  const fitting = crowds ? uncrowded(ranked, rest, number, crowds) : ranked;
  const choices = first.length === 0 ? fitting : [...first, ...fitting];
  for (let at = 0; at < choices.length; at += 1) {
    const { evaluation } = choices[at]!;
    evaluation.zone = number;
    evaluation.place = at;
  }
  return choices;
}

/** The best so many by rank, or all of them in their order, but those that come first anyway. */
function bestOf(
  { zone, count, ties }: Omit<ZoneToFill, 'number'>,
  evaluator: Evaluator,
  first: readonly Choice[],
): Choice[] {
  const best: Choice[] = [];
  /** Of the last, once there are enough: what is below it is not looked at. */
  let bar = -Infinity;
  for (const candidate of zone.candidates) {
    const evaluation = evaluator.evaluate(candidate);
    if (evaluation.dropped !== null || evaluation.zone >= 0 || evaluation.priority < bar) continue;
    if (first.length > 0 && holds(first, evaluation)) continue;
    const enough = best.length === count;
    if (enough && !outranks(evaluation, best[count - 1]!.evaluation, ties)) continue;
    insert(best, enough ? count - 1 : best.length, { evaluation, treatment: candidate.treatment }, ties);
    if (best.length === count) bar = best[count - 1]!.evaluation.priority;
  }
  return best;
}

/** The first so many of a ranked list that limits leave room for. */
function uncrowded(ranked: readonly Choice[], count: number, zone: number, crowds: Crowds): Choice[] {
  const fitting: Choice[] = [];
  for (const choice of ranked) {
    if (fitting.length === count) break;
    const { evaluation } = choice;
    const limit = crowds.limitFor(evaluation, zone);
    if (limit === null) {
      crowds.add(evaluation, zone);
      fitting.push(choice);
    } else if (limit.per === 'decision') {
      evaluation.dropped = 'crowded-out';
      evaluation.detail = limit.key;
    }
  }
  return fitting;
}

/** What takes the place of an offer that is over, and what the marketer put into the zone, in the order of the policies' keys. */
function overriding({ zone, count }: ZoneToFill, evaluator: Evaluator): Choice[] {
  const placed: Choice[] = [];
  const instead = evaluator.replacement;
  for (const override of instead === null ? zone.overrides : [instead, ...zone.overrides]) {
    if (placed.length === count) break;
    const candidate = zone.candidates.find(({ offer }) => offer.key === override.offer);
    if (!candidate || !evaluator.isActive(override)) continue;
    const evaluation = evaluator.evaluate(candidate);
    if (override.force) evaluator.force(evaluation);
    if (evaluation.dropped !== null || evaluation.zone >= 0) continue;
    if (holds(placed, evaluation)) continue;
    evaluation.override = override.key;
    evaluation.instead = override === instead;
    placed.push({ evaluation, treatment: candidate.treatment });
  }
  return placed;
}

function holds(choices: readonly Choice[], evaluation: Evaluation): boolean {
  for (const choice of choices) if (choice.evaluation === evaluation) return true;
  return false;
}

/** Puts a choice to where its rank is, at `end` or before: what was at `end` goes, and others make room. */
function insert(best: Choice[], end: number, choice: Choice, ties: Ties): void {
  let at = end;
  for (
    let above = best[at - 1];
    above && outranks(choice.evaluation, above.evaluation, ties);
    above = best[at - 1]
  ) {
    best[at] = above;
    at -= 1;
  }
  best[at] = choice;
}
