import { resolve } from 'node:path';
import type { DemoOptions } from '../options.js';
import type { Progress } from '../report/progress.js';
import { pause } from './hub.js';
import { type DemoKeys, readKeys } from './keys.js';
import { StartedSystem } from './started-system.js';

/** The demo cannot go on: one line that says why. */
export class DemoFailure extends Error {}

/** A system that serves. */
export interface RunningSystem {
  url: string;
  keys: DemoKeys;
  /** Set when the demo started it, and has to end it. */
  started?: StartedSystem;
}

const PROBE_MS = 3_000;
const ASK_EVERY_MS = 250;
const STARTS_WITHIN_MS = 20_000;

export interface Surroundings {
  /** The repository. */
  root: string;
  env: NodeJS.ProcessEnv;
  progress: Progress;
  signal: AbortSignal;
}

/** Finds the running system, or starts one where none answers. */
export async function findSystem(
  { url, urlGiven }: DemoOptions,
  { root, env, progress, signal }: Surroundings,
): Promise<RunningSystem> {
  const dataDir = resolve(root, env['DATA_DIR'] || '.data');
  if ((await probe(url)) !== 'nobody') {
    await becomesReady(url, signal);
    progress.say(`Found a system at ${url}`);
    return { url, keys: await keysOf(dataDir, env) };
  }
  if (urlGiven) throw new DemoFailure(`Nobody answers at ${url}.`);
  progress.say(`Nobody answers at ${url}, so the demo starts a system of its own`);
  const started = StartedSystem.start(root, env, (line) => progress.say(`  ${line}`));
  try {
    while ((await probe(url)) !== 'ready') {
      if (started.ended) throw new DemoFailure('The system could not be started; why is written above.');
      await pause(ASK_EVERY_MS, signal);
    }
    await started.ready(signal);
    return { url, keys: await keysOf(dataDir, env), started };
  } catch (error) {
    await started.stop();
    throw error;
  }
}

/** A system that has just been started may still be busy with that. */
async function becomesReady(url: string, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + STARTS_WITHIN_MS;
  while ((await probe(url)) !== 'ready') {
    if (performance.now() > deadline)
      throw new DemoFailure(`What answers at ${url} is not ready, or is another program.`);
    await pause(ASK_EVERY_MS, signal);
  }
}

async function keysOf(dataDir: string, env: NodeJS.ProcessEnv): Promise<DemoKeys> {
  const keys = await readKeys(dataDir, env);
  if (keys) return keys;
  throw new DemoFailure(
    `There are no keys in ${dataDir}/keys.json: set DATA_DIR to the system's data folder, or REPARTEE_API_KEY to its admin key.`,
  );
}

/** Whether something answers, and whether it is ready. */
async function probe(url: string): Promise<'nobody' | 'busy' | 'ready'> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(PROBE_MS) });
    await response.arrayBuffer();
    return response.ok ? 'ready' : 'busy';
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'busy' : 'nobody';
  }
}
