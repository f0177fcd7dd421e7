import type { Bench, Measure } from '../bench.js';
import type { RequestKind } from '../generator/requests.js';
import { describeIndexes, TABLE, type Column, withEventTable } from './event-table.js';
import type { CeilingQuestion } from './main.js';
import { onServerCore } from './on-server-core.js';

/** The figures that the goals compare with; their keys appear in the report. */
export const CEILINGS = {
  raw: { key: 'generator', title: 'Generator against a socket that answers at once', unit: 'requests/s' },
  fastify: { key: 'Fastify no-op', title: 'Bare Fastify, no-op POST', unit: 'requests/s' },
  nest: { key: 'Nest no-op', title: 'Nest + Fastify, no-op POST', unit: 'requests/s' },
  insert: { key: 'Nest INSERT', title: 'Nest + one INSERT commit per request', unit: 'events/s' },
  rows: { key: 'INSERT', title: 'Multi-row INSERT, 1,000 rows a commit', unit: 'rows/s' },
  copy: { key: 'COPY', title: 'COPY, 10,000 rows a commit', unit: 'rows/s' },
} satisfies Record<string, Measure>;

async function measureServer(bench: Bench, question: CeilingQuestion, request: RequestKind): Promise<void> {
  const measure = CEILINGS[question.kind];
  bench.progress(measure.title);
  await onServerCore(bench, async (child) => {
    const port = await child.ask<number>(question);
    const { seconds, warmUpSeconds, connections, people } = bench.plan;
    await bench.throughput(measure, child.pid, {
      port,
      request,
      key: 'none',
      people,
      connections,
      seconds,
      warmUpSeconds,
    });
  });
}

async function measureTable(
  bench: Bench,
  kind: 'rows' | 'copy',
  databaseUrl: string,
  columns: Column[],
  note: string,
): Promise<void> {
  const measure = CEILINGS[kind];
  bench.progress(measure.title);
  await onServerCore(bench, async (child) => {
    const rounds = [];
    for (let round = 0; round < bench.plan.rounds; round += 1) {
      const rate = await child.ask<number>({
        kind,
        databaseUrl,
        columns,
        seconds: bench.plan.seconds,
      } satisfies CeilingQuestion);
      bench.progress(`  round ${round + 1}: ${Math.round(rate)} ${measure.unit}`);
      rounds.push({ rate });
    }
    bench.record(measure, rounds, note);
  });
}

/** Measures what stands behind the goals' ratios, in this run, on the server's core. */
export async function measureCeilings(bench: Bench, databaseUrl: string): Promise<void> {
  await measureServer(bench, { kind: 'raw' }, 'echo');
  await measureServer(bench, { kind: 'fastify' }, 'echo');
  await measureServer(bench, { kind: 'nest' }, 'echo');
  await withEventTable(databaseUrl, async (columns, client) => {
    const indexes = await describeIndexes(client);
    await measureServer(bench, { kind: 'insert', databaseUrl, columns }, 'track');
    await client.query(`TRUNCATE ${TABLE}`);
    await measureTable(bench, 'rows', databaseUrl, columns, '');
    await measureTable(
      bench,
      'copy',
      databaseUrl,
      columns,
      `into ${columns.length} columns with the keys ${indexes.join(', ')}`,
    );
  });
}
