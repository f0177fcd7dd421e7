import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../bench.js';
import type { Core } from '../core.js';
import type { Ceiling, Latency } from '../figures.js';
import type { RequestKind } from '../generator/requests.js';
import type { CeilingQuestion } from './main.js';
import { onServerCore } from './on-server-core.js';

/** A core that was stopped finds its event loop late, and refuses work until it has seen that it no longer is. */
const COMES_TO_MS = 1_500;

/** A server that does next to nothing, where the core runs, and while the core is stopped. */
export interface BesideCore {
  /** Requests per second at full load. */
  rate: Ceiling;
  /** Requests that come at a steady pace. */
  latency: (perSecond: number) => Promise<Latency>;
}

/**
 * A ceiling that is measured in turn with the core, on the same processor core: the machine's speed changes from
 * minute to minute, and a ratio must not. The core is stopped meanwhile, so that it takes nothing from the ceiling.
 */
export async function besideCore<T>(
  bench: Bench,
  core: Core,
  question: CeilingQuestion,
  request: RequestKind,
  work: (beside: BesideCore | undefined) => Promise<T>,
): Promise<T> {
  if (!bench.plan.parts.includes('ceilings')) return work(undefined);
  const alone = async <R>(measure: () => Promise<R>): Promise<R> => {
    core.child.process.kill('SIGSTOP');
    try {
      return await measure();
    } finally {
      core.child.process.kill('SIGCONT');
      await sleep(COMES_TO_MS);
    }
  };
  return onServerCore(bench, async (child) => {
    const port = await child.ask<number>(question);
    const { seconds, warmUpSeconds, connections, people } = bench.plan;
    const settings = () => ({ key: 'none', people, run: bench.newRun() });
    const load = { port, connections, seconds, warmUpSeconds };
    return work({
      rate: () => alone(async () => (await bench.load({ ...load, request, settings: settings() })).rate),
      latency: (perSecond) =>
        alone(async () => {
          const { latency } = await bench.pace({
            ...load,
            perSecond,
            what: { request, settings: settings() },
          });
          return latency;
        }),
    });
  });
}
