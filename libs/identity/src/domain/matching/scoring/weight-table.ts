import { MISSING } from '../comparisons/comparison.js';
import { COMPARISONS } from '../comparisons/comparisons.js';
import type { ComparisonParameters } from './match-model.js';

/** Room for the levels of one comparison in one parent state. */
const LEVELS = 8;
const STATES = 3;
/** How much of the rarity of a value counts where the two values are only alike. */
const ALIKE_SHARE = 0.5;

const PARENTS = COMPARISONS.map(({ given }) => COMPARISONS.findIndex(({ name }) => name === given));

/** Parameters by number of comparison; none for what the schema does not have. */
export type Parameters = readonly (ComparisonParameters | undefined)[];

/** What a comparison is conditioned on: its parent unknown (0), agreeing (1) or differing (2). */
export function parentState(index: number, levels: Int8Array, offset = 0): number {
  const parent = PARENTS[index] as number;
  if (parent < 0) return 0;
  const level = levels[offset + parent] as number;
  return level === MISSING ? 0 : level <= 1 ? 1 : 2;
}

/** log2 Bayes factors of all levels in flat arrays: for one person, and for people together, each against strangers. */
export class WeightTable {
  /** Comparisons that the model knows. */
  readonly used: readonly number[];
  private readonly same = new Float64Array(COMPARISONS.length * STATES * LEVELS);
  private readonly together = new Float64Array(COMPARISONS.length * STATES * LEVELS);
  /** log2 u of full agreement where the value's own frequency takes its place; NaN where terms play no part. */
  private readonly agreement = new Float64Array(COMPARISONS.length * STATES * LEVELS).fill(NaN);

  constructor(parameters: Parameters) {
    this.used = COMPARISONS.map((_, index) => index).filter((index) => parameters[index]);
    for (const index of this.used)
      for (let state = 0; state < STATES; state++)
        this.fill(index, state, parameters[index] as ComparisonParameters);
  }

  private fill(index: number, state: number, parameters: ComparisonParameters): void {
    const { levels, termLevels } = COMPARISONS[index] as (typeof COMPARISONS)[number];
    const row = (table: number[][]): number[] => (table[state] ?? table[0]) as number[];
    const m = row(parameters.m);
    const u = row(parameters.u);
    const shared = parameters.shared ? row(parameters.shared) : u;
    for (let level = 0; level < levels.length; level++) {
      const at = this.at(index, state, level);
      this.same[at] = Math.log2((m[level] as number) / (u[level] as number));
      this.together[at] = Math.log2((shared[level] as number) / (u[level] as number));
      // Where the parent agrees, u is that of neighbours: how common the value is elsewhere says nothing.
      if (level < termLevels && state !== 1) this.agreement[at] = Math.log2(u[0] as number);
    }
  }

  /** Where the weights of a level stand. */
  at(index: number, state: number, level: number): number {
    return (index * STATES + state) * LEVELS + level;
  }

  /** True when the weight at this place depends on how common the value is. */
  usesTerm(at: number): boolean {
    return !Number.isNaN(this.agreement[at]);
  }

  /** What a rare or common value adds. @param term log2 of its frequency; NaN when unknown */
  rarity(at: number, level: number, term: number): number {
    if (Number.isNaN(term)) return 0;
    const gain = (this.agreement[at] as number) - term;
    return level === 0 ? gain : ALIKE_SHARE * gain;
  }

  sameWeight(at: number): number {
    return this.same[at] as number;
  }

  /** Without `rarity`, which counts only where people together are more alike than strangers. */
  togetherWeight(at: number): number {
    return this.together[at] as number;
  }
}

/** True when the comparison tells people together from strangers. */
export function isShared(index: number): boolean {
  return (COMPARISONS[index] as (typeof COMPARISONS)[number]).shared !== undefined;
}

/**
 * log2 odds of one person against everything else: strangers and people together. The second are many where families
 * share a roof and a telephone, so that such agreement alone never makes one person.
 */
export function oddsAgainstOthers(same: number, together: number): number {
  if (together < -20) return same;
  return same - (together > 40 ? together : Math.log2(1 + 2 ** together));
}
