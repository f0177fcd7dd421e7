import { startEmbeddedPostgres, type EmbeddedPostgres } from '@repartee/platform';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { Bench } from './bench.js';
import { measureCeilings } from './ceilings/measure-ceilings.js';
import { startCore, type Core } from './core.js';
import { measureDesk } from './desk/measure-desk.js';
import { measureDispatch } from './dispatch/measure-dispatch.js';
import { measureBulkhead } from './bulkhead/measure-bulkhead.js';
import { judge } from './figures.js';
import { measureHandoff } from './handoff/measure-handoff.js';
import { IdentityBench } from './identity/measure-identity.js';
import { measureLatency } from './latency/measure-latency.js';
import { measureLearning } from './learning/measure-learning.js';
import { measureCore } from './measure-core.js';
import { choosePlacement, machine, pin, type Placement } from './placement.js';
import { readPlan, TIME_LIMIT_MS, type Part, type Plan } from './plan.js';
import { renderTable } from './report.js';

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Above this many waiting processes a minute before, the figures are not the machine's. */
const BUSY = 0.7;

function sayPlacement(placement: Placement, load: number): void {
  say(machine());
  if (load > BUSY)
    say(`The machine was busy already (load ${load.toFixed(1)}): expect lower figures and less steady ones`);
  if (!placement.pinned)
    return say(
      'Not pinned to cores (taskset is missing, or there is only one core): server and generator share what there is',
    );
  say(
    `Server on core ${placement.server}, generator on core ${placement.generator}, PostgreSQL and the bench itself on ${placement.database}`,
  );
}

/** Parts that have a core and a database of their own. */
const OWN_CORE_PARTS = {
  handoff: measureHandoff,
  bulkhead: measureBulkhead,
  latency: measureLatency,
  desk: measureDesk,
};
const OWN_CORE = ['handoff', 'bulkhead', 'latency', 'desk'] as const;

/** Parts that do not measure the core on the bench's people. */
const APART: ReadonlySet<Part> = new Set<Part>(['ceilings', 'learning', 'identity', 'dispatch', ...OWN_CORE]);

interface Parts {
  postgres?: EmbeddedPostgres;
  bench?: Bench;
  core?: Core;
  identity?: IdentityBench;
}

async function run(plan: Plan, placement: Placement, folder: string, parts: Parts): Promise<Bench> {
  const postgres = (parts.postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'database') }));
  const bench = (parts.bench = await Bench.start(plan, placement, say));
  bench.noteCores('PostgreSQL', postgres.pid);
  const core = { cores: placement.server, databaseUrl: postgres.url, dataDir: join(folder, 'core') };
  // The first start makes the tables that the ceilings are measured on; the core must not run beside them.
  await (parts.core = await startCore(core)).child.stop();
  if (plan.parts.includes('ceilings')) await measureCeilings(bench, postgres.url);
  if (plan.parts.includes('learning')) measureLearning(bench);
  if (plan.parts.some((part) => !APART.has(part))) {
    parts.core = await startCore(core);
    await measureCore(bench, parts.core, postgres.url);
    await parts.core.child.stop();
  }
  if (plan.parts.includes('dispatch'))
    await measureDispatch(bench, await emptyDatabase(postgres.url, 'dispatch'));
  for (const part of OWN_CORE)
    if (plan.parts.includes(part))
      await OWN_CORE_PARTS[part](bench, await emptyDatabase(postgres.url, part), folder);
  if (!plan.parts.includes('identity')) return bench;
  const databaseUrl = await emptyDatabase(postgres.url, 'identity');
  const dataDir = join(folder, 'identity-core');
  parts.identity = new IdentityBench(bench, { cores: placement.server, databaseUrl, dataDir });
  await parts.identity.measure();
  return bench;
}

/** A further database on the same server. */
async function emptyDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function stopAll({ core, identity, bench, postgres }: Parts): Promise<void> {
  await core?.child.stop();
  await identity?.stop();
  await bench?.stop();
  await postgres?.stop();
}

async function main(): Promise<void> {
  const plan = readPlan(process.argv.slice(2));
  if (!existsSync('apps/core/dist/main.js'))
    throw new Error('the core is not built: run `npm run build` first');
  const dataDir = resolve(process.env['DATA_DIR'] ?? '.data');
  const folder = join(dataDir, `bench-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const placement = choosePlacement();
  // PostgreSQL inherits the cores of the process that starts it.
  pin(process.pid, placement.database);
  const load = loadavg()[0] ?? 0;
  sayPlacement(placement, load);
  if (plan.quick) say('A quick run: it shows that everything works; its figures mean little');
  const parts: Parts = {};
  const started = Date.now();
  const limit = AbortSignal.timeout(TIME_LIMIT_MS);
  const tooLong = new Promise<never>((_, reject) =>
    limit.addEventListener('abort', () => reject(new Error('the bench took more than twenty minutes'))),
  );
  const interrupted = new Promise<never>((_, reject) =>
    process
      .once('SIGINT', () => reject(new Error('interrupted')))
      .once('SIGTERM', () => reject(new Error('interrupted'))),
  );
  try {
    const bench = await Promise.race([run(plan, placement, folder, parts), tooLong, interrupted]);
    const verdicts = judge(bench.figures);
    const results = {
      at: new Date(started).toISOString(),
      seconds: (Date.now() - started) / 1000,
      quick: plan.quick,
      machine: machine(),
      loadBefore: load,
      pinned: placement.pinned,
      ran: bench.ran,
      plan,
      verdicts,
    };
    await writeFile(join(dataDir, 'bench-results.json'), `${JSON.stringify(results, null, 2)}\n`);
    say(`\n${renderTable(verdicts)}\n`);
    say(
      `Ran on cores: ${Object.entries(bench.ran)
        .map(([what, cores]) => `${what} ${cores}`)
        .join(', ')}`,
    );
    say(`Written to ${join(dataDir, 'bench-results.json')} after ${Math.round(results.seconds)} s`);
  } finally {
    await stopAll(parts);
    await rm(folder, { recursive: true, force: true });
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
