import { apply } from './testing/apply.js';
import { type CoreProcess, freePort, startCoreProcess } from './testing/core-process.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { createPlace, type Place } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';
import { TEA_BY_MAIL } from './testing/tea-by-mail.js';

jest.setTimeout(60_000);

interface Delivery {
  status: string;
  attempts: { outcome: { status: string } | null }[];
}

describe('a core that is killed while a mail is being sent', () => {
  let place: Place;
  let mailbox: Mailbox;
  let core: CoreProcess;
  let environment: Record<string, string>;

  beforeAll(async () => {
    [place, mailbox] = await Promise.all([createPlace(), openMailbox({ hangs: true })]);
    environment = {
      PORT: String(await freePort()),
      DATA_DIR: place.dataDir,
      DATABASE_URL: place.database.url,
      ...mailbox.environment,
    };
    core = await startCoreProcess(environment);
    await apply(core, TEA_BY_MAIL);
  });
  afterAll(async () => {
    await core.kill();
    await mailbox.close();
    await place.remove();
  });

  it('knows afterwards that it does not know, and sends nothing twice', async () => {
    const { database } = place.database;
    await visibly(core.call, '/v1/identify', { userId: 'ann', traits: { email: 'ann@example.org' } });
    const sent = await core.call<{ deliveryId: string }>('/v1/messages', {
      body: { identifiers: { userId: 'ann' }, channel: 'email', template: 'tea', class: 'transactional' },
    });
    const delivery = async () =>
      (await core.call<Delivery>(`GET /v1/deliveries/${sent.body.deliveryId}`)).body;
    await until('the content', () => Promise.resolve(mailbox.contents.length > 0));
    expect(await delivery()).toMatchObject({ status: 'sending', attempts: [{ outcome: null }] });
    await core.kill();

    core = await startCoreProcess(environment);
    expect(await delivery()).toMatchObject({ status: 'sending' });
    // Whoever made the attempt has its connector's time limit to tell: here that time is over.
    await database.query(`UPDATE delivery_attempt SET look_at = now() - interval '1 s'`);
    await until('the outcome', async () => (await delivery()).status !== 'sending');
    expect(await delivery()).toMatchObject({
      status: 'unknown',
      attempts: [{ outcome: { status: 'unknown' } }],
    });

    await core.kill();
    core = await startCoreProcess(environment);
    const [queue] = await database.query('SELECT count(*)::int AS waiting FROM bus_message');
    expect(queue).toEqual({ waiting: 0 });
    expect(mailbox.contents).toEqual(['ann@example.org']);
    const { body } = await core.call<{ items: { kind: string; data: object }[] }>(
      'GET /v1/profiles/user_id:ann/timeline',
    );
    expect(body.items).toContainEqual(
      expect.objectContaining({
        kind: 'delivery',
        data: expect.objectContaining({ status: 'unknown' }) as object,
      }),
    );
  });
});
