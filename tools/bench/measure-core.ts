import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { measureArbitration } from './arbitration/measure-arbitration.js';
import type { Bench } from './bench.js';
import { benchCatalogue } from './catalogue.js';
import { besideCore } from './ceilings/beside-core.js';
import { withEventTable } from './ceilings/event-table.js';
import { call, type Core } from './core.js';
import type { Round } from './figures.js';
import { EVENTS_PER_BATCH } from './generator/requests.js';
import { peakMemory } from './process-facts.js';

interface Decision {
  zones: { offers: unknown[] }[];
}

/** Waits until everything accepted is processed; how long that took, and what is left when patience ends. */
export async function untilProcessed(
  databaseUrl: string,
  patienceSeconds: number,
): Promise<{ seconds: number; left: number }> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const start = performance.now();
  try {
    for (;;) {
      const { rows } = await client.query<{ left: number }>(
        'SELECT (SELECT count(*) FROM event_pending)::int + (SELECT coalesce(sum(size), 0) FROM event_inbox)::int AS left',
      );
      const left = rows[0]?.left ?? 0;
      const seconds = (performance.now() - start) / 1000;
      if (left === 0 || seconds >= patienceSeconds) return { seconds, left };
      await sleep(200);
    }
  } finally {
    await client.end();
  }
}

async function loadPeople(bench: Bench, core: Core, databaseUrl: string): Promise<void> {
  const { people, connections } = bench.plan;
  bench.progress(`Loading ${people} profiles`);
  const start = performance.now();
  const settings = { key: core.keys.server, people, run: bench.newRun() };
  const load = {
    port: core.port,
    request: 'identify',
    settings,
    connections: Math.min(connections, 8),
    warmUpSeconds: 0,
  } as const;
  const { refused, sample } = await bench.load({ ...load, requests: people / EVENTS_PER_BATCH });
  if (sample !== undefined)
    throw new Error(`profiles could not be loaded: ${JSON.stringify(refused)} ${sample}`);
  const { left } = await untilProcessed(databaseUrl, bench.plan.patienceSeconds);
  if (left > 0)
    throw new Error(
      `${left} of ${people} identify events were still waiting after ${bench.plan.patienceSeconds} s`,
    );
  const rate = people / ((performance.now() - start) / 1000);
  const measure = {
    key: 'processed',
    title: 'Identify events accepted and processed (loading)',
    unit: 'events/s',
  };
  bench.record(measure, [{ rate }]);
  bench.progress(`  ${Math.round(rate)} events/s from accepted to processed`);
}

async function measureVisibility(bench: Bench, core: Core): Promise<void> {
  const { rounds, watchSeconds, eventsPerSecond, probesPerSecond, people } = bench.plan;
  const measured: { profile: Round[]; decisions: Round[] } = { profile: [], decisions: [] };
  const notes = new Set<string>();
  bench.progress(`Visibility at ${eventsPerSecond} events/s`);
  for (let round = 0; round < rounds; round += 1) {
    const settings = { key: core.keys.server, people, run: bench.newRun() };
    const firstPerson = round * watchSeconds * probesPerSecond * 2;
    const watch = {
      port: core.port,
      settings,
      eventsPerSecond,
      probesPerSecond,
      seconds: watchSeconds,
      firstPerson,
    };
    const result = await bench.watch(watch);
    measured.profile.push({ latency: result.profile });
    measured.decisions.push({ latency: result.decisions });
    if (result.lost > 0) notes.add(`${result.lost} of ${result.probes} probes never showed`);
    if (result.refused > 0) notes.add(`${result.refused} events refused`);
    const rate = Math.round(result.eventsSent / watchSeconds);
    bench.progress(
      `  round ${round + 1}: profile p99 ${result.profile.p99.toFixed(1)} ms, decisions p99 ${result.decisions.p99.toFixed(1)} ms, ${result.probes} probes, ${rate} events/s`,
    );
  }
  const note = [`from the 200 to the read that shows it, at ${eventsPerSecond} events/s`, ...notes].join(
    '; ',
  );
  const goal = { atMost: 50 };
  bench.record(
    { key: 'profile', title: 'Acknowledged event visible in the profile, p99', unit: 'ms', goal },
    measured.profile,
    note,
  );
  bench.record(
    { key: 'decisions', title: 'Acknowledged event visible in decisions, p99', unit: 'ms', goal },
    measured.decisions,
    note,
  );
}

async function measureDecisions(bench: Bench, core: Core): Promise<void> {
  const { seconds, warmUpSeconds, connections, people, peopleInSession } = bench.plan;
  const identifiers = { userId: 'bench-1' };
  const decision = await call<Decision>(core, 'POST', '/v1/decisions', {
    identifiers,
    channel: 'web',
    zones: [{ zone: 'bench.home' }],
  });
  if (!decision.zones[0]?.offers.length) throw new Error('the decision for a known person offers nothing');
  const load = {
    port: core.port,
    request: 'decide',
    key: core.keys.server,
    connections,
    seconds,
    warmUpSeconds,
  } as const;
  const goal = { against: 'Nest no-op', atLeast: 0.3 };
  const title = `Decisions, 20 offers, ${peopleInSession.toLocaleString('en-US')} known people in session`;
  bench.progress(title);
  const measure = { key: 'decisions/s', title, unit: 'decisions/s', goal };
  const inSession = { ...load, people: peopleInSession };
  await besideCore(bench, core, { kind: 'nest' }, 'echo', (beside) =>
    bench.throughput(measure, core.child.pid, inSession, { ceiling: beside?.rate }),
  );
  const spread = `Decisions, 20 offers, spread over all ${people.toLocaleString('en-US')} profiles`;
  bench.progress(spread);
  await bench.throughput({ key: 'decisions spread', title: spread, unit: 'decisions/s' }, core.child.pid, {
    ...load,
    people,
  });
}

async function measureSingle(bench: Bench, core: Core, databaseUrl: string): Promise<void> {
  const { seconds, warmUpSeconds, connections, people } = bench.plan;
  const title = 'Single events, durable before the answer';
  const goal = { against: 'Nest INSERT', atLeast: 2 };
  const load = {
    port: core.port,
    request: 'track',
    key: core.keys.server,
    people,
    connections,
    seconds,
    warmUpSeconds,
  } as const;
  bench.progress(title);
  const measure = { key: 'single', title, unit: 'events/s', goal };
  await withEventTable(databaseUrl, (columns) =>
    besideCore(bench, core, { kind: 'insert', databaseUrl, columns }, 'track', (beside) =>
      bench.throughput(measure, core.child.pid, load, { ceiling: beside?.rate }),
    ),
  );
}

async function measureBatches(bench: Bench, core: Core): Promise<void> {
  const { seconds, warmUpSeconds, people } = bench.plan;
  const title = 'Batches of 100 events, durable before the answer';
  const goal = { against: 'COPY', atLeast: 0.3 };
  const load = {
    port: core.port,
    request: 'batch',
    key: core.keys.server,
    people,
    connections: 16,
    seconds,
    warmUpSeconds,
  } as const;
  bench.progress(title);
  await bench.throughput({ key: 'batch', title, unit: 'events/s', goal }, core.child.pid, load, {
    perRequest: EVENTS_PER_BATCH,
  });
}

/** Everything that is measured on the core itself; last what leaves events to be processed meanwhile. */
export async function measureCore(bench: Bench, core: Core, databaseUrl: string): Promise<void> {
  bench.noteCores('core', core.child.pid);
  await call(core, 'POST', '/v1/apply', benchCatalogue());
  await loadPeople(bench, core, databaseUrl);
  const { parts, people } = bench.plan;
  if (parts.includes('visibility')) await measureVisibility(bench, core);
  if (parts.includes('decisions')) await measureDecisions(bench, core);
  if (parts.includes('arbitration')) await measureArbitration(bench, core, databaseUrl);
  if (parts.includes('single')) await measureSingle(bench, core, databaseUrl);
  if (parts.includes('batch')) await measureBatches(bench, core);
  const { left } = await untilProcessed(databaseUrl, 0);
  bench.progress(`${left} events are still to be processed`);
  const peak = peakMemory(core.child.pid);
  const title = `Core's peak resident memory, ${people.toLocaleString('en-US')} profiles`;
  if (peak !== undefined)
    bench.record(
      { key: 'memory', title, unit: 'MB', goal: { atMost: 400 } },
      [{ rate: peak }],
      'VmHWM, over the whole run',
    );
}
