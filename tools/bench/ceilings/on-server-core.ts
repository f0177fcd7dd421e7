import type { Bench } from '../bench.js';
import { Child, scriptBeside } from '../child.js';

/** Runs `work` with a process that answers questions about ceilings, on the server's core. */
export async function onServerCore<T>(bench: Bench, work: (child: Child) => Promise<T>): Promise<T> {
  const child = await Child.start(scriptBeside(import.meta.url, './main.js'), bench.placement.server);
  bench.noteCores('ceilings', child.pid);
  try {
    return await work(child);
  } finally {
    await child.stop();
  }
}
