import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Bench } from '../bench.js';
import { Child, scriptBeside } from '../child.js';
import { call, type Core, startCore } from '../core.js';
import { latencyOf, type Round } from '../figures.js';
import { addressOf, prepare, smtpSettings, userIdOf } from '../handoff/mails.js';
import type { Taken } from '../handoff/sink.js';

/** Reactions a second, evenly: the question is how long one takes, not how many there can be. */
const PER_SECOND = 25;

interface Decided {
  address: string;
  at: Date;
}

/** Lets people buy, each of whom gets a mail for it. @returns when each event was sent, in milliseconds since the epoch */
async function buy(core: Core, people: readonly number[]): Promise<Map<string, number>> {
  const sent = new Map<string, number>();
  const calls: Promise<unknown>[] = [];
  const started = performance.now();
  for (const [index, person] of people.entries()) {
    await sleep(Math.max(0, started + (index * 1000) / PER_SECOND - performance.now()));
    sent.set(addressOf(person), performance.timeOrigin + performance.now());
    calls.push(call(core, 'POST', '/v1/track', { userId: userIdOf(person), event: 'Bought' }));
  }
  await Promise.all(calls);
  return sent;
}

/** From the decision (and from the event that called for it) to the moment the mail server has the whole mail. */
export async function measureLatency(bench: Bench, databaseUrl: string, folder: string): Promise<void> {
  const { placement, plan } = bench;
  const title = 'From the decision of a reaction to the mail at the provider';
  bench.progress(title);
  const sink = await Child.start(scriptBeside(import.meta.url, '../handoff/sink.js'), placement.generator);
  const core = await startCore({
    cores: placement.server,
    databaseUrl,
    dataDir: join(folder, 'latency-core'),
    environment: smtpSettings((sink.ready as { port: number }).port),
  });
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const each = Math.round(PER_SECOND * plan.watchSeconds);
    await prepare(core, databaseUrl, bench, each * (plan.rounds + 1));
    await sink.ask<Taken[]>({});
    const decisions: Round[] = [];
    const events: Round[] = [];
    // The first is a warm-up.
    for (let round = 0; round <= plan.rounds; round += 1) {
      const people = Array.from({ length: each }, (_, index) => round * each + index);
      const sent = await buy(core, people);
      const taken = await untilTaken(sink, each, plan.patienceSeconds);
      if (round === 0) continue;
      const decided = await decidedFor(client);
      const since = (times: ReadonlyMap<string, number>) =>
        latencyOf(taken.map(([address, at]) => at - (times.get(address) ?? NaN)));
      decisions.push({ latency: since(decided) });
      events.push({ latency: since(sent) });
      const { p50 = NaN, p99 = NaN } = decisions.at(-1)?.latency ?? {};
      bench.progress(`  round ${round}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
    }
    const note = `${PER_SECOND} a second`;
    const goal = { atMost: 50 };
    bench.record({ key: 'latency', title, unit: 'ms (p99)', goal }, decisions, note);
    const whole = 'From the event to the mail at the provider';
    bench.record({ key: 'event to provider', title: whole, unit: 'ms (p99)' }, events, note);
  } finally {
    await client.end();
    await Promise.all([core.child.stop(), sink.stop()]);
  }
}

async function untilTaken(sink: Child, wanted: number, patienceSeconds: number): Promise<Taken[]> {
  const taken: Taken[] = [];
  const started = performance.now();
  while (taken.length < wanted) {
    if ((performance.now() - started) / 1000 > patienceSeconds)
      throw new Error(`${wanted - taken.length} mails did not arrive in time`);
    await sleep(100);
    taken.push(...(await sink.ask<Taken[]>({})));
  }
  return taken;
}

/** When the message to each address was decided, in milliseconds since the epoch. */
async function decidedFor(client: Client): Promise<Map<string, number>> {
  const { rows } = await client.query<Decided>(
    `SELECT a.action->'to'->>'address' AS address, d.created_at AS at
     FROM delivery d JOIN delivery_attempt a ON a.delivery_id = d.id`,
  );
  return new Map(rows.map(({ address, at }) => [address, at.getTime()]));
}
