import { readFileSync } from 'node:fs';
import {
  bernoulliThompsonShares,
  evaluateOffPolicy,
  SeededRandom,
  type BetaPriors,
  type LoggedRound,
  type OffPolicyResult,
} from '@repartee/learning/domain';
import { parse } from 'yaml';
import { linesOf } from './streams.js';

/** One display of the Open Bandit Dataset. */
interface Display {
  item: number;
  /** From 0. */
  place: number;
  click: number;
  propensity: number;
}

export interface OpenBanditReport {
  /** Click rate of the log of the target policy itself. */
  onPolicy: number;
  clicks: number;
  offPolicy: OffPolicyResult;
}

const PLACES = 3;
const DRAWS = 20_000;
/** Displays that the reward model's prior is worth. */
const MODEL_STRENGTH = 50;

async function readDisplays(path: string): Promise<Display[]> {
  const displays: Display[] = [];
  let columns: Record<string, number> | undefined;
  for await (const line of linesOf(path)) {
    const cells = line.split(',');
    if (!columns) {
      columns = Object.fromEntries(cells.map((name, at) => [name, at]));
      continue;
    }
    const cell = (name: string) => Number(cells[columns![name] ?? -1]);
    displays.push({
      item: cell('item_id'),
      place: cell('position') - 1,
      click: cell('click'),
      propensity: cell('propensity_score'),
    });
  }
  return displays;
}

/** Estimates the click rate of Bernoulli Thompson sampling from the log of a uniform policy. */
export async function evaluateOpenBandit(
  paths: { logged: string; target: string; priors: string },
  campaign: string,
): Promise<OpenBanditReport> {
  const logged = await readDisplays(paths.logged);
  const onPolicy = await readDisplays(paths.target);
  const priors = (parse(readFileSync(paths.priors, 'utf8')) as Record<string, BetaPriors>)[campaign];
  if (!priors) throw new Error(`${paths.priors} has no campaign “${campaign}”`);
  const shares = bernoulliThompsonShares(priors, PLACES, DRAWS, new SeededRandom('open-bandit'));
  const clicks = onPolicy.reduce((sum, { click }) => sum + click, 0);
  return {
    onPolicy: clicks / onPolicy.length,
    clicks,
    offPolicy: evaluateOffPolicy(roundsOf(logged, shares)),
  };
}

/** The reward model is each item's click rate, drawn to the rate of all. */
function roundsOf(displays: readonly Display[], shares: readonly (readonly number[])[]): LoggedRound[] {
  const rate = displays.reduce((sum, { click }) => sum + click, 0) / displays.length;
  const shown = shares.map(() => 0);
  const clicked = shares.map(() => 0);
  for (const { item, click } of displays) {
    shown[item]! += 1;
    clicked[item]! += click;
  }
  const expected = shown.map(
    (count, item) => (clicked[item]! + MODEL_STRENGTH * rate) / (count + MODEL_STRENGTH),
  );
  const ofTarget = Array.from({ length: PLACES }, (_, place) =>
    expected.reduce((sum, value, item) => sum + value * shares[item]![place]!, 0),
  );
  return displays.map(({ item, place, click, propensity }) => ({
    reward: click,
    logged: propensity,
    target: shares[item]![place]!,
    model: { ofLogged: expected[item]!, ofTarget: ofTarget[place]! },
  }));
}
