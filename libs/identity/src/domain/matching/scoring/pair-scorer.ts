import type { NameLevels } from '../comparisons/compare-names.js';
import { MISSING } from '../comparisons/comparison.js';
import { COMPARISONS, compareRecords } from '../comparisons/comparisons.js';
import type { StandardFields } from '../standard-fields.js';
import type { LevelWeight, MatchModel, PairScore } from './match-model.js';
import { TermTable } from './term-weights.js';

/** Room for the levels of one comparison in one parent state. */
const LEVELS = 8;
const STATES = 3;
/** How much of the rarity of a value counts where the two values are only alike. */
export const ALIKE_TERM_SHARE = 0.5;

const PARENTS = COMPARISONS.map(({ given }) => COMPARISONS.findIndex(({ name }) => name === given));

/** What `m` and `u` of a comparison are conditioned on: unknown (0), agrees (1), differs (2). */
export function parentState(index: number, levels: Int8Array, offset = 0): number {
  const parent = PARENTS[index] as number;
  if (parent < 0) return 0;
  const level = levels[offset + parent] as number;
  return level === MISSING ? 0 : level <= 1 ? 1 : 2;
}

/** A model made ready to score many pairs. Not to be shared by threads: it holds working space. */
export class PairScorer {
  private readonly levels = new Int8Array(COMPARISONS.length);
  private readonly names: NameLevels = { given: MISSING, family: MISSING, swapped: false };
  /** log2 (m / u) by comparison, parent state and level. */
  private readonly weights = new Float64Array(COMPARISONS.length * STATES * LEVELS);
  /** log2 m of agreement with u left out, to which the value's own frequency is put; NaN where terms play no part. */
  private readonly bases = new Float64Array(COMPARISONS.length * STATES * LEVELS).fill(NaN);
  private readonly used: number[] = [];
  private readonly terms: TermTable;
  private readonly prior: number;

  constructor(readonly model: MatchModel) {
    this.terms = new TermTable(model.frequencies);
    this.prior = Math.log2(model.prior / (1 - model.prior));
    COMPARISONS.forEach(({ name, termLevels, levels }, index) => {
      const parameters = model.comparisons[name];
      if (!parameters) return;
      this.used.push(index);
      for (let state = 0; state < STATES; state++) {
        const m = parameters.m[state] ?? (parameters.m[0] as number[]);
        const u = parameters.u[state] ?? (parameters.u[0] as number[]);
        for (let level = 0; level < levels.length; level++) {
          const at = (index * STATES + state) * LEVELS + level;
          const weight = Math.log2((m[level] as number) / (u[level] as number));
          this.weights[at] = weight;
          if (level >= termLevels || state === 1) continue;
          this.bases[at] =
            level === 0 ? Math.log2(m[0] as number) : weight + ALIKE_TERM_SHARE * Math.log2(u[0] as number);
        }
      }
    });
  }

  /** log2 odds that two records are of one person. */
  weight(a: StandardFields, b: StandardFields): number {
    compareRecords(a, b, this.levels, this.names);
    let weight = this.prior;
    for (const index of this.used)
      if (this.levels[index] !== MISSING) weight += this.levelWeight(index, a, b);
    return weight;
  }

  private levelWeight(index: number, a: StandardFields, b: StandardFields): number {
    const level = this.levels[index] as number;
    const at = (index * STATES + parentState(index, this.levels)) * LEVELS + level;
    const base = this.bases[at] as number;
    if (!Number.isNaN(base)) {
      const term = this.terms.ofPair(index, a, b, this.names.swapped);
      if (!Number.isNaN(term)) return base - (level === 0 ? term : ALIKE_TERM_SHARE * term);
    }
    return this.weights[at] as number;
  }

  /** The waterfall: what each comparison says, beginning at the prior. */
  score(a: StandardFields, b: StandardFields): PairScore {
    const weight = this.weight(a, b);
    const levels = this.used
      .filter((index) => this.levels[index] !== MISSING)
      .map((index): LevelWeight => {
        const { name, levels: names, slot } = COMPARISONS[index] as (typeof COMPARISONS)[number];
        return {
          field: name,
          level: names[this.levels[index] as number] as string,
          weight: this.levelWeight(index, a, b),
          a: a[slot],
          b: b[slot],
        };
      });
    return { weight, probability: 1 / (1 + 2 ** -weight), prior: this.prior, levels };
  }
}

/** Scores one pair. Make a `PairScorer` once to score many. */
export function scorePair(model: MatchModel, a: StandardFields, b: StandardFields): PairScore {
  return new PairScorer(model).score(a, b);
}
