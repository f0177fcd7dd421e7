import type { StandardFields } from '../standard-fields.js';
import type { PairScore } from './match-model.js';
import type { PairScorer } from './pair-scorer.js';

/** What people share with those they live or work with: it never says by itself who somebody is. */
const CONTACT: ReadonlySet<string> = new Set(['email', 'phone']);
/** So far below the threshold a pair is put that agrees in contact data alone: log2 odds. */
const MARGIN = 0.01;

/**
 * What the model in force says of two records. Where nothing but e-mail and phone speaks for one person, it is left to
 * a person to decide, as a weak identifier joins no two people who are known; the waterfall says so.
 */
export function judgePair(scorer: PairScorer, a: StandardFields, b: StandardFields): PairScore {
  const score = scorer.score(a, b);
  const { merge } = scorer.model.thresholds;
  if (score.weight < merge) return score;
  const others = score.levels.filter(({ field }) => !CONTACT.has(field));
  if (others.some(({ weight }) => weight > 0)) return score;
  const weight = merge - MARGIN;
  return {
    ...score,
    weight,
    probability: 1 / (1 + 2 ** -weight),
    levels: [
      ...score.levels,
      { field: 'contact_alone', level: 'nothing else agrees', weight: weight - score.weight },
    ],
  };
}
