import { apply } from './testing/apply.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { type CoreUnderTest, createPlace, type Place, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const HOUR = 3_600_000;
const SANDBOX = { REPARTEE_SEED: 'demo', REPARTEE_PAGES_SANDBOX: 'http://127.0.0.1:9' };
const CONFIGURATION = {
  version: 1,
  zones: [{ key: 'email.main', channel: 'email' }],
  offers: [{ key: 'cart', name: 'Your cart', value: 5 }],
  treatments: [
    {
      key: 'cart.mail',
      offer: 'cart',
      channel: 'email',
      zones: ['email.main'],
      content: { subject: 'Your cart', html: '<p>It waits</p>' },
    },
  ],
  reactions: [
    {
      key: 'abandoned',
      on: { event: 'Product Added' },
      after: '1h',
      action: { channel: 'email', zone: 'email.main' },
    },
  ],
};

interface Time {
  now: string;
  ahead: number;
  movable: boolean;
}

describe('business time', () => {
  let place: Place;
  let mailbox: Mailbox;
  let cores: [CoreUnderTest, CoreUnderTest];
  const read = async (core: CoreUnderTest) => (await core.call<Time>('GET /v1/clock')).body;
  const forward = (core: CoreUnderTest, by: unknown, key: 'admin' | 'server' = 'admin') =>
    core.call<Time>('/v1/clock/forward', { key, body: { by } });

  beforeAll(async () => {
    [place, mailbox] = await Promise.all([createPlace(), openMailbox()]);
    const environment = { ...mailbox.environment, ...SANDBOX };
    cores = [await startCore({ place, environment }), await startCore({ place, environment })];
  });
  afterAll(async () => {
    await Promise.all(cores.map((core) => core.stop()));
    await mailbox.close();
    await place.remove();
  });

  it('is moved forward in all processes, and what was to come later comes', async () => {
    const [first, second] = cores;
    await apply(first, CONFIGURATION);
    const person = { userId: 'ann', traits: { email: 'ann@example.org' } };
    await visibly(first.call, '/v1/identify', person);
    await until('the wait', async () => {
      // Whichever process reads it may not have heard of the reaction yet.
      await visibly(first.call, '/v1/track', { userId: 'ann', event: 'Product Added' });
      const timers = await first.database.query('SELECT 1 FROM reaction_timer');
      return timers.length > 0;
    });
    const before = await read(first);
    expect(before).toMatchObject({ ahead: 0, movable: true });
    const { status, body } = await forward(first, '61m');
    expect([status, body.ahead]).toEqual([200, 61 * 60_000]);
    expect(Date.parse(body.now) - Date.parse(before.now)).toBeGreaterThanOrEqual(61 * 60_000);
    await until('the other process', async () => (await read(second)).ahead === 61 * 60_000);
    expect(await mailbox.mailTo('ann@example.org')).toMatchObject({ subject: 'Your cart' });
  });

  it('adds up when two move it at once', async () => {
    const { ahead } = await read(cores[0]);
    await Promise.all(cores.flatMap((core) => [forward(core, '1h'), forward(core, '2h')]));
    await until('both', async () => {
      const times = await Promise.all(cores.map(read));
      return times.every((time) => time.ahead === ahead + 6 * HOUR);
    });
  });

  it('is taken up where it was after a restart', async () => {
    const { ahead } = await read(cores[0]);
    await cores[1].stop();
    cores[1] = await startCore({ place, environment: { ...mailbox.environment, ...SANDBOX } });
    expect((await read(cores[1])).ahead).toBe(ahead);
  });

  it.each(['0s', '-1h', 'soon', 7, '101w1000000000h'])('refuses to move by %p', async (by) => {
    expect((await forward(cores[0], by)).status).toBe(400);
  });

  it('is moved by administrators only, and never beyond a century', async () => {
    expect((await forward(cores[0], '1h', 'server')).status).toBe(403);
    const [first] = cores;
    const { ahead } = await read(first);
    await first.database.query('UPDATE clock_offset SET ahead = $1', [100 * 366 * 24 * HOUR - 1]);
    expect(await forward(first, '1h')).toMatchObject({ status: 422, body: { code: 'CLOCK.TOO_FAR' } });
    await first.database.query('UPDATE clock_offset SET ahead = $1', [ahead]);
  });
});

describe('the time of an installation that is no sandbox', () => {
  it('stays the system’s', async () => {
    const core = await startCore();
    try {
      expect((await core.call<Time>('GET /v1/clock')).body).toMatchObject({ ahead: 0, movable: false });
      const answer = await core.call('/v1/clock/forward', { key: 'admin', body: { by: '1h' } });
      expect(answer).toMatchObject({ status: 409, body: { code: 'CLOCK.FIXED' } });
    } finally {
      await core.stop();
    }
  });
});
