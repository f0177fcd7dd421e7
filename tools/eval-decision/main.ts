import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Estimate } from '@repartee/learning/domain';
import { evaluateOpenBandit } from './open-bandit.js';
import { play, type PlayResult } from './play.js';
import { OPEN_BANDIT, SHIPPED_STREAMS } from './shipped-streams.js';
import { readRounds } from './streams.js';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const figure = (value: number): string => value.toFixed(4);
const SEED = 1;

function report(name: string, result: PlayResult): void {
  const { rounds, actions, loss, regret, regretByQuarter, takeOvers, seconds } = result;
  const score =
    regret === null
      ? `loss ${figure(loss)}`
      : `regret ${figure(regret)}, by quarter ${(regretByQuarter ?? []).map(figure).join(' ')}`;
  const each = ((seconds / Math.max(1, rounds)) * 1e6).toFixed(0);
  say(`${name}: ${rounds} rounds, ${actions} actions, ${seconds.toFixed(1)} s (${each} µs a round)`);
  say(`  ${score}, ${takeOvers} models begun anew`);
}

async function one(file: string, seed: number, json: boolean): Promise<void> {
  const path = resolve(file);
  if (!existsSync(path)) throw new Error(`${path} is not there`);
  const rounds = await readRounds(path);
  if (rounds.length === 0) throw new Error(`${path} has no rounds`);
  const result = play(rounds, seed);
  report(file, result);
  const { loss, regret, regretByQuarter, seconds } = result;
  if (json) say(JSON.stringify(regret === null ? { loss, seconds } : { regret, regretByQuarter, seconds }));
}

async function shipped(folder: string, seed: number): Promise<void> {
  for (const { name, file, source, goal, peers } of SHIPPED_STREAMS) {
    const path = join(folder, file);
    if (missing(path, source)) continue;
    report(name, play(await readRounds(path), seed));
    say(`  goal     ${goal}`);
    say(`  peers    ${peers}`);
  }
  await openBandit(folder);
}

async function openBandit(folder: string): Promise<void> {
  const { logged, target, priors, campaign, source } = OPEN_BANDIT;
  const paths = { logged: join(folder, logged), target: join(folder, target), priors: join(folder, priors) };
  if (Object.values(paths).some((path) => missing(path, source))) return;
  const { onPolicy, clicks, offPolicy } = await evaluateOpenBandit(paths, campaign);
  const sample = `${offPolicy.rounds} rounds, effective sample ${offPolicy.effectiveSampleSize.toFixed(0)}`;
  say(`Open Bandit, ${campaign}: Bernoulli Thompson sampling judged from the random log: ${sample}`);
  if (offPolicy.refused) return say(`  refused: ${offPolicy.reason}`);
  for (const [name, estimate] of Object.entries(offPolicy.estimates) as [string, Estimate | null][])
    if (estimate)
      say(
        `  ${name.padEnd(8)} ${figure(estimate.value)} [${figure(estimate.low)}, ${figure(estimate.high)}]`,
      );
  const { low, high } = offPolicy.estimates.snipw;
  const inside = low <= onPolicy && onPolicy <= high ? 'inside' : 'outside';
  say(`  on policy ${figure(onPolicy)} (${clicks} clicks): ${inside} the interval of SNIPW`);
}

function missing(path: string, source: string): boolean {
  if (existsSync(path)) return false;
  say(`${path} is not there: skipped; it comes from ${source}`);
  return true;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stream: { type: 'string' },
      json: { type: 'boolean', default: false },
      seed: { type: 'string', default: String(SEED) },
    },
  });
  const seed = Number(values.seed);
  if (!Number.isInteger(seed)) throw new Error('--seed takes a whole number');
  if (values.stream) return one(values.stream, seed, values.json);
  return shipped(join(resolve(process.env['REPARTEE_DATA'] ?? '../shared/data'), 'decision'), seed);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`eval: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
