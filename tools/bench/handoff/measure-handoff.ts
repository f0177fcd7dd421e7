import { join } from 'node:path';
import { Client } from 'pg';
import type { Bench } from '../bench.js';
import { Child, scriptBeside } from '../child.js';
import { startCore } from '../core.js';
import type { Round } from '../figures.js';
import { CONTENT, letGo, plan, prepare, smtpSettings } from './mails.js';
import type { RawQuestion } from './raw-pool.js';

/** As many as the connector has. */
const CONNECTIONS = 5;

/** E-mail from planned deliveries to accepted ones, beside nodemailer's pool alone, into the same server. */
export async function measureHandoff(bench: Bench, databaseUrl: string, folder: string): Promise<void> {
  const { placement } = bench;
  const { mails, rounds: wanted } = bench.plan;
  const title = 'E-mail handed over: planned, passed by the gate, accepted, written down';
  bench.progress(title);
  const sink = await Child.start(scriptBeside(import.meta.url, './sink.js'), placement.generator);
  const raw = await Child.start(scriptBeside(import.meta.url, './raw-pool.js'), placement.server);
  const { port } = sink.ready as { port: number };
  const core = await startCore({
    cores: placement.server,
    databaseUrl,
    dataDir: join(folder, 'handoff-core'),
    environment: smtpSettings(port),
  });
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await prepare(core, databaseUrl, bench, mails);
    const text = 'Thank you. Your order is on its way.';
    const question: RawQuestion = { port, mails, connections: CONNECTIONS, ...CONTENT, text };
    const rounds: Round[] = [];
    // The first is a warm-up: in it both still learn what is worth compiling.
    for (let round = 0; round <= wanted; round += 1) {
      const ceiling = await raw.ask<number>(question);
      await plan(core, mails, { channel: 'email', template: 'order' });
      const rate = mails / (await letGo(core, client, bench, 'email'));
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
