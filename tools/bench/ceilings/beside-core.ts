import type { Bench } from '../bench.js';
import type { Core } from '../core.js';
import type { Ceiling } from '../figures.js';
import type { RequestKind } from '../generator/requests.js';
import type { CeilingQuestion } from './main.js';
import { onServerCore } from './on-server-core.js';

/**
 * A ceiling that is measured in turn with the core, on the same processor core: the machine's speed changes from
 * minute to minute, and a ratio must not. The core is stopped meanwhile, so that it takes nothing from the ceiling.
 */
export async function besideCore<T>(
  bench: Bench,
  core: Core,
  question: CeilingQuestion,
  request: RequestKind,
  work: (ceiling: Ceiling | undefined) => Promise<T>,
): Promise<T> {
  if (!bench.plan.parts.includes('ceilings')) return work(undefined);
  return onServerCore(bench, async (child) => {
    const port = await child.ask<number>(question);
    const { seconds, warmUpSeconds, connections, people } = bench.plan;
    return work(async () => {
      const settings = { key: 'none', people, run: bench.newRun() };
      core.child.process.kill('SIGSTOP');
      try {
        return (await bench.load({ port, request, settings, connections, seconds, warmUpSeconds })).rate;
      } finally {
        core.child.process.kill('SIGCONT');
      }
    });
  });
}
