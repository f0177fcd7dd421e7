import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Bench } from '../bench.js';
import { Child, scriptBeside } from '../child.js';
import { call, type Core, startCore } from '../core.js';
import type { Round } from '../figures.js';
import { untilProcessed } from '../measure-core.js';
import type { RawQuestion } from './raw-pool.js';

/** As many as the connector has. */
const CONNECTIONS = 5;
const CONTENT = {
  subject: 'Your order is on its way',
  html: '<p>Thank you. <a href="https://example.com/orders/4711">Your order</a> is on its way.</p>',
};
const AT_A_TIME = 50;
const LOOK = 20;

async function inGroups(
  count: number,
  size: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < count; from += size)
    await Promise.all(Array.from({ length: Math.min(size, count - from) }, (_, index) => work(from + index)));
}

async function prepare(core: Core, databaseUrl: string, bench: Bench): Promise<void> {
  const { mails, patienceSeconds } = bench.plan;
  await call(core, 'POST', '/v1/apply', {
    version: 1,
    zones: [{ key: 'email.main', channel: 'email' }],
    offers: [{ key: 'order', name: 'Order', value: 1 }],
    treatments: [{ key: 'order', offer: 'order', channel: 'email', zones: ['email.main'], content: CONTENT }],
  });
  await inGroups(Math.ceil(mails / 500), 1, (page) =>
    call(core, 'POST', '/v1/batch', {
      batch: Array.from({ length: Math.min(500, mails - page * 500) }, (_, index) => ({
        type: 'identify',
        userId: `bench-${page * 500 + index}`,
        traits: { email: `bench-${page * 500 + index}@example.org` },
      })),
    }),
  );
  const { left } = await untilProcessed(databaseUrl, patienceSeconds);
  if (left > 0) throw new Error(`${left} people are not known yet`);
}

/** Plans a mail for each person while everything is paused, then lets go. @returns mails a second until all are accepted */
async function handOver(core: Core, client: Client, bench: Bench): Promise<number> {
  const { mails, patienceSeconds } = bench.plan;
  await call(core, 'POST', '/v1/outbound/pause', { scope: 'all' });
  await inGroups(mails, AT_A_TIME, (index) =>
    call(core, 'POST', '/v1/messages', {
      identifiers: { userId: `bench-${index}` },
      channel: 'email',
      template: 'order',
      class: 'transactional',
    }),
  );
  const open = `SELECT count(*)::int AS n FROM delivery WHERE status IN ('planned', 'sending')`;
  const started = performance.now();
  await call(core, 'POST', '/v1/outbound/resume', { scope: 'all' });
  for (;;) {
    const { rows } = await client.query<{ n: number }>(open);
    const seconds = (performance.now() - started) / 1000;
    if (rows[0]?.n === 0) return mails / seconds;
    if (seconds > patienceSeconds) throw new Error(`${rows[0]?.n} mails were not handed over in time`);
    await sleep(LOOK);
  }
}

/** E-mail from planned deliveries to accepted ones, beside nodemailer's pool alone, into the same server. */
export async function measureHandoff(bench: Bench, databaseUrl: string, folder: string): Promise<void> {
  const { placement, plan } = bench;
  const title = 'E-mail handed over: planned, passed by the gate, accepted, written down';
  bench.progress(title);
  const sink = await Child.start(scriptBeside(import.meta.url, './sink.js'), placement.generator);
  const raw = await Child.start(scriptBeside(import.meta.url, './raw-pool.js'), placement.server);
  const { port } = sink.ready as { port: number };
  const core = await startCore({
    cores: placement.server,
    databaseUrl,
    dataDir: join(folder, 'handoff-core'),
    environment: {
      EMAIL_SMTP_HOST: '127.0.0.1',
      EMAIL_SMTP_PORT: String(port),
      EMAIL_SMTP_TLS: 'none',
      EMAIL_SMTP_FROM: 'shop@example.com',
    },
  });
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await prepare(core, databaseUrl, bench);
    const question: RawQuestion = {
      port,
      mails: plan.mails,
      connections: CONNECTIONS,
      ...CONTENT,
      text: 'Thank you. Your order is on its way.',
    };
    const rounds: Round[] = [];
    // The first is a warm-up: in it both still learn what is worth compiling.
    for (let round = 0; round <= plan.rounds; round += 1) {
      const ceiling = await raw.ask<number>(question);
      const rate = await handOver(core, client, bench);
      if (round === 0) continue;
      rounds.push({ rate, ceiling });
      bench.progress(
        `  round ${round}: ${Math.round(rate)} mails/s beside ${Math.round(ceiling)} (${(rate / ceiling).toFixed(2)})`,
      );
    }
    const pool = {
      key: 'nodemailer pool',
      title: 'nodemailer’s pool alone, into the same server',
      unit: 'mails/s',
    };
    bench.record(
      pool,
      rounds.map(({ ceiling }) => ({ rate: ceiling ?? 0 })),
    );
    const goal = { against: 'nodemailer pool', atLeast: 0.5 };
    bench.record({ key: 'handoff', title, unit: 'mails/s', goal }, rounds);
  } finally {
    await client.end();
    await Promise.all([core.child.stop(), raw.stop(), sink.stop()]);
  }
}
