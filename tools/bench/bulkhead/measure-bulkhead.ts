import { join } from 'node:path';
import { Client } from 'pg';
import type { Bench } from '../bench.js';
import { Child, scriptBeside } from '../child.js';
import { type Core, startCore } from '../core.js';
import type { Round } from '../figures.js';
import { letGo, plan, prepare, smtpSettings, untilSent } from '../handoff/mails.js';
import type { SilentQuestion } from './silent-twilio.js';

/** Texts that wait for the connector that hangs: more than it takes at a time. */
const TEXTS = 100;

interface Stage {
  bench: Bench;
  core: Core;
  client: Client;
  twilio: Child;
}

/** @returns mails a second */
async function mailsAlone({ bench, core, client }: Stage): Promise<number> {
  const { mails } = bench.plan;
  await plan(core, mails, { channel: 'email', template: 'order' });
  return mails / (await letGo(core, client, bench, 'email'));
}

/** The same while texts hang and more wait behind them. @returns mails a second */
async function mailsBesideSilence(stage: Stage): Promise<number> {
  const { bench, core, client, twilio } = stage;
  const tell = (question: SilentQuestion) => twilio.ask<number>(question);
  await tell({ hang: true });
  await plan(core, TEXTS, { channel: 'sms', template: 'order.sms' });
  const rate = await mailsAlone(stage);
  if ((await tell({ hang: false })) === 0) throw new Error('nothing hung');
  await untilSent(client, bench, 'sms');
  return rate;
}

/** How much a connector that hangs slows another one, in the same process. */
export async function measureBulkhead(bench: Bench, databaseUrl: string, folder: string): Promise<void> {
  const { placement } = bench;
  const title = 'E-mail handed over while text messages hang';
  bench.progress(title);
  const sink = await Child.start(scriptBeside(import.meta.url, '../handoff/sink.js'), placement.generator);
  const twilio = await Child.start(scriptBeside(import.meta.url, './silent-twilio.js'), placement.generator);
  const core = await startCore({
    cores: placement.server,
    databaseUrl,
    dataDir: join(folder, 'bulkhead-core'),
    environment: {
      ...smtpSettings((sink.ready as { port: number }).port),
      SMS_TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
      SMS_TWILIO_AUTH_TOKEN: 'bench',
      SMS_TWILIO_SENDERS: '+15005550006',
      SMS_TWILIO_API_URL: `http://127.0.0.1:${(twilio.ready as { port: number }).port}`,
      SMS_TWILIO_RATE_PER_SECOND: '1000',
      SMS_TWILIO_TIMEOUT: '60',
    },
  });
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const stage = { bench, core, client, twilio };
  try {
    await prepare(core, databaseUrl, bench, bench.plan.mails);
    const rounds: Round[] = [];
    // The first is a warm-up.
    for (let round = 0; round <= bench.plan.rounds; round += 1) {
      // What comes second finds a machine that is warmer, or busier: turn about.
      const second = round % 2 === 0 ? undefined : await mailsBesideSilence(stage);
      const ceiling = await mailsAlone(stage);
      const rate = second ?? (await mailsBesideSilence(stage));
      if (round === 0) continue;
      rounds.push({ rate, ceiling });
      bench.progress(
        `  round ${round}: ${Math.round(rate)} mails/s beside ${Math.round(ceiling)} without (${(rate / ceiling).toFixed(2)})`,
      );
    }
    const alone = { key: 'mails alone', title: 'E-mail handed over while nothing hangs', unit: 'mails/s' };
    bench.record(
      alone,
      rounds.map(({ ceiling }) => ({ rate: ceiling ?? 0 })),
    );
    const goal = { against: 'mails alone', atLeast: 0.95 };
    bench.record({ key: 'bulkhead', title, unit: 'mails/s', goal }, rounds);
  } finally {
    await client.end();
    await Promise.all([core.child.stop(), twilio.stop(), sink.stop()]);
  }
}
