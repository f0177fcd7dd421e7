import { apply } from './testing/apply.js';
import { Phones } from './testing/phones.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until } from './testing/visibly.js';

/** How many people get a text: 10,000 where there is time. */
const PEOPLE = Number(process.env['SMS_EXACTLY_ONE'] ?? 500);
const BATCH = 100;
const PATIENCE = 120_000 + PEOPLE * 60;

jest.setTimeout(PATIENCE * 2);

describe('Twilio that times out after it took texts, and loses, doubles and delays its reports', () => {
  let phones: Phones;
  let core: CoreUnderTest;
  const people = Array.from({ length: PEOPLE }, (_, n) => `+14153${String(n).padStart(6, '0')}`);

  beforeAll(async () => {
    phones = await Phones.open(20);
    core = await startCore({ environment: phones.environment });
    phones.core = core.url;
    await apply(core, {
      version: 1,
      zones: [{ key: 'sms.main', channel: 'sms' }],
      offers: [{ key: 'tea', name: 'Tea', value: 1 }],
      treatments: [
        {
          key: 'tea.sms',
          offer: 'tea',
          channel: 'sms',
          zones: ['sms.main'],
          content: { body: 'Tea is ready. {{ links.preferences }}' },
        },
      ],
    });
  });
  afterAll(async () => {
    await core.stop();
    await phones.close();
  });

  const inBatches = async (work: (phones: string[]) => Promise<unknown>) => {
    for (let at = 0; at < people.length; at += BATCH) await work(people.slice(at, at + BATCH));
  };
  const statuses = async () => {
    const rows = await core.database.query<{ status: string; count: number }>(
      'SELECT status, count(*)::int AS count FROM delivery GROUP BY status',
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  };

  it(`brings one text to each of ${PEOPLE} phones, and leaves nothing unknown`, async () => {
    await inBatches((some) =>
      core.call('/v1/batch', {
        body: { batch: some.map((phone) => ({ type: 'identify', userId: phone, traits: { phone } })) },
        headers: { prefer: 'visible, wait=10' },
      }),
    );
    await phones.fail({
      silentAfterAccept: 0.1,
      tooMany: 0.05,
      duplicateCallbacks: 0.2,
      lateCallbacks: 0.2,
      lostCallbacks: 0.5,
    });
    await inBatches((some) =>
      Promise.all(
        some.map((phone) =>
          core.call('/v1/messages', {
            body: {
              identifiers: { userId: phone },
              channel: 'sms',
              template: 'tea.sms',
              class: 'transactional',
            },
          }),
        ),
      ),
    );
    const settled = async () => {
      // Providers are asked again after minutes: here at once.
      await core.database.query(
        `UPDATE delivery_attempt SET look_at = clock_timestamp() WHERE outcome->>'status' = 'unknown'`,
      );
      return (await statuses())['accepted'] === PEOPLE;
    };
    await until('all to be known', settled, PATIENCE).catch(() => undefined);
    expect(await statuses()).toEqual({ accepted: PEOPLE });
    const counts = await phones.counts();
    expect(people.filter((phone) => counts.get(phone) !== 1)).toEqual([]);
    expect(counts.size).toBe(PEOPLE);
    const [attempts] = await core.database.query<{ silent: number }>(
      `SELECT count(*)::int AS silent FROM delivery_attempt WHERE finished_at - started_at > interval '900 ms'`,
    );
    expect(attempts?.silent).toBeGreaterThan(0);
  });
});
