import type { SeededRandom } from '../bandit/seeded-random.js';

/** Beliefs of the yes rate of each action: Beta(alpha, beta). */
export interface BetaPriors {
  alpha: readonly number[];
  beta: readonly number[];
}

/**
 * How often Bernoulli Thompson sampling puts each action in each place of a list: all rates are drawn, the list is the highest
 * `places` of them. By simulation, as the Open Bandit Pipeline does (Saito et al., arXiv:2008.07146).
 * @returns probabilities by action, then by place
 */
export function bernoulliThompsonShares(
  { alpha, beta }: BetaPriors,
  places: number,
  draws: number,
  random: SeededRandom,
): number[][] {
  const shares = alpha.map(() => new Array<number>(places).fill(0));
  const rates = new Float64Array(alpha.length);
  for (let draw = 0; draw < draws; draw += 1) {
    for (let action = 0; action < rates.length; action += 1)
      rates[action] = betaDraw(alpha[action]!, beta[action]!, random);
    for (let place = 0; place < places; place += 1) {
      let best = 0;
      for (let action = 1; action < rates.length; action += 1)
        if (rates[action]! > rates[best]!) best = action;
      shares[best]![place]! += 1 / draws;
      rates[best] = -1;
    }
  }
  return shares;
}

function betaDraw(alpha: number, beta: number, random: SeededRandom): number {
  const yes = gammaDraw(alpha, random);
  return yes / (yes + gammaDraw(beta, random));
}

/** Gamma(shape, 1), shape > 0 (Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26, 2000). */
export function gammaDraw(shape: number, random: SeededRandom): number {
  if (shape < 1) return gammaDraw(shape + 1, random) * (1 - random.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = random.gaussian();
    const v = (1 + c * normal) ** 3;
    if (v <= 0) continue;
    const u = 1 - random.next();
    if (Math.log(u) < (normal * normal) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
