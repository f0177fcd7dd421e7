import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { Features } from '@repartee/learning/domain';

/** One round of a stream: what is known, what may be played, and what comes of each play. */
export interface Round {
  features: Features;
  actions: readonly number[];
  rewardOf(action: number): number;
  /** Highest expected reward less that of the action; null where only rewards are known. */
  regretOf: ((action: number) => number) | null;
}

interface LabelledLine {
  y: number;
  x: Record<string, number>;
}

interface SimulatedLine {
  x: Record<string, number>;
  e: number[];
  p: number[];
  r: string;
}

/** Lines of a file, unpacked when its name ends in `.gz`. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const input = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  // A file that cannot be read must end the iteration with its error.
  file.on('error', (error) => input.destroy(error));
  for await (const line of createInterface({ input, crlfDelay: Infinity }))
    if (line.trim() !== '') yield line;
}

/**
 * The rounds of a stream in one of two formats: supervised `{y, x}`, where the reward is 1 for the action y, or simulated
 * `{x, e, p, r}` with eligible actions, true probabilities and potential responses.
 * @throws when a line is of neither format
 */
export async function readRounds(path: string): Promise<Round[]> {
  const lines: (LabelledLine | SimulatedLine)[] = [];
  for await (const line of linesOf(path)) lines.push(parseLine(line, lines.length + 1));
  const labels = lines.reduce((most, line) => ('y' in line ? Math.max(most, line.y) : most), -1);
  const actions = Array.from({ length: labels + 1 }, (_, action) => action);
  return lines.map((line) => ('y' in line ? labelledRound(line, actions) : simulatedRound(line)));
}

function parseLine(text: string, number: number): LabelledLine | SimulatedLine {
  const line = JSON.parse(text) as Partial<LabelledLine & SimulatedLine>;
  const { x, y, e, p, r } = line;
  if (typeof x === 'object' && x !== null) {
    if (Number.isInteger(y)) return { x, y: y! };
    if (Array.isArray(e) && Array.isArray(p) && typeof r === 'string' && e.length > 0) return { x, e, p, r };
  }
  throw new Error(`line ${number} is neither {x, y} nor {x, e, p, r}`);
}

function labelledRound({ x, y }: LabelledLine, actions: readonly number[]): Round {
  return {
    features: featuresOf(x),
    actions,
    rewardOf: (action) => (action === y ? 1 : 0),
    regretOf: null,
  };
}

function simulatedRound({ x, e, p, r }: SimulatedLine): Round {
  const best = e.reduce((most, action) => Math.max(most, p[action]!), 0);
  return {
    features: featuresOf(x),
    actions: e,
    rewardOf: (action) => (r[action] === '1' ? 1 : 0),
    regretOf: (action) => best - p[action]!,
  };
}

/** A name with `=` is one value of a category. */
function featuresOf(x: Record<string, number>): Features {
  const features: Record<string, number | boolean> = {};
  for (const [name, value] of Object.entries(x))
    features[name] = name.includes('=') && value === 1 ? true : value;
  return features;
}
