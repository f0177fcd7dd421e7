import {
  effectiveSampleSize,
  evaluateOffPolicy,
  meanEstimate,
  type Estimate,
  type LoggedRound,
  type OffPolicyEstimates,
} from './off-policy.js';

/** One logged choice among several, and what another policy would have chosen there. */
export interface LoggedChoice {
  action: string;
  reward: number;
  /** The probability with which the logging policy chose the action; above 0. */
  logged: number;
  /** The probabilities of the other policy, by action; they sum up to 1. */
  target: ReadonlyMap<string, number>;
}

/** What another policy would have earned, or why that cannot be told. */
export interface LogEvaluation {
  rounds: number;
  effectiveSampleSize: number;
  /** Mean of target / logged: 1 where the log has tried all that the other policy would choose. */
  meanWeight: Estimate;
  /** What was earned in truth. */
  logged: Estimate;
  /** Why nothing is estimated; null where it is. */
  refused: string | null;
  estimates: OffPolicyEstimates | null;
  /** By how much the other policy would have earned more: DR less what was earned, round by round. */
  gain: Estimate | null;
}

/** How much of what the other policy would choose may be without any support in the log. */
const MOST_UNSUPPORTED = 0.05;
/** How many rounds the mean of all is worth beside the mean of an action's own. */
const PRIOR_ROUNDS = 20;

/**
 * Evaluates another policy on a log. The reward model of DM and DR is the mean reward of each action, drawn to that of all
 * by an m-estimate, and cross-fitted: each half of the rounds is judged by the model of the other half, so that no round
 * judges itself (Chernozhukov et al., "Double/debiased machine learning", The Econometrics Journal 21, 2018).
 *
 * The mean weight is 1 in expectation if the log gave every choice of the other policy a chance. Where it is clearly under
 * 1 − 5 %, the log says nothing of what was never tried, and where it is clearly above 1 + 5 % its probabilities are wrong:
 * both are refused, as is an effective sample under 200.
 */
export function evaluateLog(choices: readonly LoggedChoice[]): LogEvaluation {
  const rounds = withRewardModel(choices);
  const weights = rounds.map(({ target, logged }) => target / logged);
  const meanWeight = meanEstimate(weights);
  const found = {
    rounds: rounds.length,
    effectiveSampleSize: effectiveSampleSize(weights),
    meanWeight,
    logged: meanEstimate(rounds.map(({ reward }) => reward)),
  };
  const result = evaluateOffPolicy(rounds);
  const refused = result.refused ? result.reason : supportProblem(meanWeight);
  if (result.refused || refused !== null) return { ...found, refused, estimates: null, gain: null };
  return { ...found, refused: null, estimates: result.estimates, gain: gainOf(rounds) };
}

function supportProblem({ value, low, high }: Estimate): string | null {
  const mean = `the mean weight is ${value.toFixed(3)}`;
  if (high < 1 - MOST_UNSUPPORTED)
    return `${mean}, under 1: the log has never tried some ${Math.round((1 - value) * 100)} % of what would be chosen`;
  if (low > 1 + MOST_UNSUPPORTED)
    return `${mean}, above 1: the probabilities of the log do not fit what it chose`;
  return null;
}

function gainOf(rounds: readonly LoggedRound[]): Estimate {
  return meanEstimate(
    rounds.map(({ reward, logged, target, model }) => {
      const { ofTarget = 0, ofLogged = 0 } = model ?? {};
      return ofTarget + (target / logged) * (reward - ofLogged) - reward;
    }),
  );
}

function withRewardModel(choices: readonly LoggedChoice[]): LoggedRound[] {
  const halves = [0, 1].map((half) => rewardModel(choices.filter((_choice, at) => at % 2 === half)));
  return choices.map(({ action, reward, logged, target }, at) => {
    const expected = halves[1 - (at % 2)]!;
    let ofTarget = 0;
    for (const [other, share] of target) ofTarget += share * expected(other);
    return {
      reward,
      logged,
      target: target.get(action) ?? 0,
      model: { ofLogged: expected(action), ofTarget },
    };
  });
}

function rewardModel(choices: readonly LoggedChoice[]): (action: string) => number {
  const sums = new Map<string, { shown: number; positive: number }>();
  let total = 0;
  for (const { action, reward } of choices) {
    const { shown, positive } = sums.get(action) ?? { shown: 0, positive: 0 };
    sums.set(action, { shown: shown + 1, positive: positive + reward });
    total += reward;
  }
  const mean = choices.length === 0 ? 0 : total / choices.length;
  return (action) => {
    const { shown = 0, positive = 0 } = sums.get(action) ?? {};
    return (positive + PRIOR_ROUNDS * mean) / (shown + PRIOR_ROUNDS);
  };
}
