import type { NameLevels } from '../comparisons/compare-names.js';
import { MISSING } from '../comparisons/comparison.js';
import { COMPARISONS, compareRecords } from '../comparisons/comparisons.js';
import type { StandardFields } from '../standard-fields.js';
import type { LevelWeight, MatchModel, PairScore } from './match-model.js';
import { TermTable } from './term-weights.js';
import { isShared, oddsAgainstOthers, parentState, WeightTable } from './weight-table.js';

const logOdds = (probability: number): number => Math.log2(probability / (1 - probability));

/** A model made ready to score many pairs. Not to be shared by threads: it holds working space. */
export class PairScorer {
  private readonly levels = new Int8Array(COMPARISONS.length);
  private readonly names: NameLevels = { given: MISSING, family: MISSING, swapped: false };
  private readonly weights: WeightTable;
  private readonly terms: TermTable;
  private readonly prior: number;
  private readonly together: number;

  constructor(readonly model: MatchModel) {
    this.weights = new WeightTable(COMPARISONS.map(({ name }) => model.comparisons[name]));
    this.terms = new TermTable(model.frequencies);
    this.prior = logOdds(model.prior);
    this.together = logOdds(model.together);
  }

  /** log2 odds that two records are of one person. */
  weight(a: StandardFields, b: StandardFields): number {
    const { weights, levels, names } = this;
    compareRecords(a, b, levels, names);
    let same = this.prior;
    let together = this.together;
    for (const index of weights.used) {
      const level = levels[index] as number;
      if (level === MISSING) continue;
      const at = weights.at(index, parentState(index, levels), level);
      same += weights.sameWeight(at);
      together += weights.togetherWeight(at);
      if (!weights.usesTerm(at)) continue;
      const rarity = weights.rarity(at, level, this.terms.ofPair(index, a, b, names.swapped));
      same += rarity;
      if (isShared(index)) together += rarity;
    }
    return oddsAgainstOthers(same, together);
  }

  /** The waterfall: what each comparison says, beginning at the prior. */
  score(a: StandardFields, b: StandardFields): PairScore {
    const weight = this.weight(a, b);
    const levels = this.weights.used
      .filter((index) => this.levels[index] !== MISSING)
      .map((index) => this.explain(index, a, b));
    const sum = levels.reduce((total, line) => total + line.weight, this.prior);
    if (sum - weight > 0.01)
      levels.push({ field: 'shared_household', level: 'people together agree too', weight: weight - sum });
    return { weight, probability: 1 / (1 + 2 ** -weight), prior: this.prior, levels };
  }

  private explain(index: number, a: StandardFields, b: StandardFields): LevelWeight {
    const { name, levels, slot } = COMPARISONS[index] as (typeof COMPARISONS)[number];
    const level = this.levels[index] as number;
    const at = this.weights.at(index, parentState(index, this.levels), level);
    const term = this.weights.usesTerm(at) ? this.terms.ofPair(index, a, b, this.names.swapped) : NaN;
    const weight = this.weights.sameWeight(at) + this.weights.rarity(at, level, term);
    return { field: name, level: levels[level] as string, weight, a: a[slot], b: b[slot] };
  }
}

/** Scores one pair. Make a `PairScorer` once to score many. */
export function scorePair(model: MatchModel, a: StandardFields, b: StandardFields): PairScore {
  return new PairScorer(model).score(a, b);
}
