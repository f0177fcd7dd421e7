import { Client } from 'pg';
import type { Bench } from '../bench.js';
import { Child, scriptBeside } from '../child.js';
import type { Core } from '../core.js';
import type { Ceiling } from '../figures.js';
import type { RequestKind } from '../generator/requests.js';
import { createEventTable } from './event-table.js';
import type { CeilingQuestion } from './main.js';

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
  const child = await Child.start(scriptBeside(import.meta.url, './main.js'), bench.placement.server);
  try {
    const port = await child.ask<number>(question);
    const { seconds, warmUpSeconds, connections, people } = bench.plan;
    return await work(async () => {
      const settings = { key: 'none', people, run: bench.newRun() };
      core.child.process.kill('SIGSTOP');
      try {
        return (await bench.load({ port, request, settings, connections, seconds, warmUpSeconds })).rate;
      } finally {
        core.child.process.kill('SIGCONT');
      }
    });
  } finally {
    await child.stop();
  }
}

/** Runs `work` with an empty table like the event log, which is gone afterwards. */
export async function withEventTable<T>(
  databaseUrl: string,
  work: (insert: CeilingQuestion) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const columns = await createEventTable(client);
    return await work({ kind: 'insert', databaseUrl, columns });
  } finally {
    await client.query('DROP SCHEMA IF EXISTS bench CASCADE');
    await client.end();
  }
}
