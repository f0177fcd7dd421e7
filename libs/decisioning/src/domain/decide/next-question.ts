import type { CompiledOffer } from '../catalogue/index.js';
import type { Decision } from './choose.js';
import type { Evaluation } from './evaluation.js';
import type { DecideInput } from './decide-input.js';
import type { Evaluator } from './evaluator.js';

/** Something that is not known of the person, and would change what they are offered. */
export interface NextQuestion {
  trait: string;
  /** How much priority the answer may add to what is offered: summed over the offers it decides on. */
  gain: number;
  /** The offers that wait for it, the most promising first. */
  offers: string[];
}

const TRAIT = /\bprofile\.traits\.([A-Za-z_][A-Za-z0-9_]*)|\bprofile\.traits\["([^"]+)"\]/g;

/**
 * The questions whose answers would change the ranking most. An offer whose rules are unknown for want of traits, and of
 * which no rule is false, would gain what its priority is above that of the last offer shown in its zone; it counts for
 * each of its `n` missing traits with the chance `2⁻ⁿ` that all answers are in its favour.
 */
export function nextQuestions(decision: Decision, evaluator: Evaluator, input: DecideInput): NextQuestion[] {
  const bars = barsOf(decision);
  const found = new Map<string, { gain: number; offers: { key: string; gain: number }[] }>();
  for (const evaluation of decision.evaluations) {
    if (evaluation.dropped !== 'unknown') continue;
    const missing = missingTraits(evaluation.offer, evaluator, input);
    if (missing.length === 0) continue;
    const gain =
      (promise(evaluation, evaluator) - (bars.get(evaluation.offer.key) ?? 0)) * 2 ** -missing.length;
    if (gain <= 0) continue;
    for (const trait of missing) {
      const question = found.get(trait) ?? { gain: 0, offers: [] };
      question.gain += gain;
      question.offers.push({ key: evaluation.offer.key, gain });
      found.set(trait, question);
    }
  }
  return [...found]
    .map(([trait, { gain, offers }]) => ({
      trait,
      gain,
      offers: offers.sort((a, b) => b.gain - a.gain).map(({ key }) => key),
    }))
    .sort((a, b) => b.gain - a.gain || (a.trait < b.trait ? -1 : 1));
}

/** For each offer the lowest priority it would have to beat in a requested zone; 0 where there is room. */
function barsOf({ zones }: Decision): Map<string, number> {
  const bars = new Map<string, number>();
  for (const { zone, count, choices } of zones) {
    const last = choices.length < count ? 0 : (choices.at(-1)?.evaluation.priority ?? 0);
    for (const { offer } of zone.candidates)
      bars.set(offer.key, Math.min(last, bars.get(offer.key) ?? Infinity));
  }
  return bars;
}

/** The priority it would have. */
function promise(evaluation: Evaluation, evaluator: Evaluator): number {
  if (evaluation.priority === 0) evaluator.rate(evaluation);
  return evaluation.priority;
}

/** Traits that its rules wait for; none when a rule is false, or waits for something else. */
function missingTraits({ engagement }: CompiledOffer, evaluator: Evaluator, input: DecideInput): string[] {
  const missing = new Set<string>();
  for (const { rule } of engagement) {
    const verdict = evaluator.verdict(rule);
    if (verdict.value === true) continue;
    if (verdict.value === false) return [];
    const { source } = input.snapshot.rules[rule]!.rule;
    const asked = [...source.matchAll(TRAIT)].map(([, plain, quoted]) => plain ?? quoted ?? '');
    const unknown = asked.filter((trait) => !Object.hasOwn(input.profile.traits, trait));
    if (unknown.length === 0) return [];
    for (const trait of unknown) missing.add(trait);
  }
  return [...missing];
}
