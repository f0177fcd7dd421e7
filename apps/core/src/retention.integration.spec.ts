import { type Retention as RetentionJob, Retention, type RetentionFinding } from '@repartee/governance';
import { ManualClock } from '@repartee/platform/testing';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';

const DAY = 86_400_000;

describe('what was kept long enough', () => {
  let core: CoreUnderTest;
  const clock = new ManualClock(Date.UTC(2026, 0, 10));
  const job = (): RetentionJob => core.app.get(Retention, { strict: false });
  const count = async (table: string) => {
    const [row] = await core.database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
    return row?.count;
  };
  const rule = async (...rules: object[]) => {
    const { headers } = await core.call('GET /v1/retention', { key: 'admin' });
    const answer = await core.call('PUT /v1/retention', {
      key: 'admin',
      body: { rules },
      headers: { 'if-match': headers.get('etag') ?? '' },
    });
    expect(answer.status).toBe(200);
  };
  const report = async () =>
    (await core.call<{ items: RetentionFinding[] }>('GET /v1/retention/report', { key: 'admin' })).body.items;
  const see = (userId: string, more: object = {}) =>
    visibly(core.call, '/v1/identify', {
      userId,
      traits: { email: `${userId}@example.org`, age: 40, tier: 'gold' },
      ...more,
    });

  beforeAll(async () => {
    core = await startCore({ clock });
    await see('ann');
    clock.advance(40 * DAY);
    await see('bea');
    await see('cleo');
  });
  afterAll(() => core.stop());

  it('stays while nobody says otherwise', async () => {
    clock.advance(400 * DAY);
    await job().enforce();
    expect(await count('event_log')).toBe(3);
    expect(await report()).toEqual([]);
  });

  it('can be foreseen', async () => {
    const body = {
      rules: [
        { kind: 'timeline', keepDays: 420 },
        { kind: 'events', source: 'nobody', keepDays: 1 },
      ],
    };
    const answer = await core.call<{ items: RetentionFinding[] }>('/v1/retention/report', {
      key: 'admin',
      body,
    });
    expect(answer.body.items).toMatchObject([
      { kind: 'timeline', records: 1 },
      { kind: 'events', source: 'nobody', records: 0 },
    ]);
    expect(await count('timeline_entry')).toBe(3);
    expect((await core.call('/v1/retention/report', { body })).status).toBe(403);
  });

  it('loses the fields of a class and keeps the rest', async () => {
    await rule({ kind: 'events', class: 'sensitive', keepDays: 420 });
    expect(await report()).toMatchObject([{ class: 'sensitive', records: 1 }]);
    await job().enforce();
    const rows = await core.database.query<{ traits: object }>(
      `SELECT payload->'traits' AS traits FROM event_log ORDER BY received_at, id`,
    );
    expect(rows.map(({ traits }) => traits)).toEqual([
      { email: 'ann@example.org', age: null, tier: 'gold' },
      { email: 'bea@example.org', age: 40, tier: 'gold' },
      { email: 'cleo@example.org', age: 40, tier: 'gold' },
    ]);
    expect(await report()).toMatchObject([{ records: 0 }]);
  });

  it('goes with its month as a whole, or row by row', async () => {
    await rule({ kind: 'events', keepDays: 410 }, { kind: 'timeline', keepDays: 420 });
    expect((await report()).map(({ records }) => records)).toEqual([1, 1]);
    await job().enforce();
    expect([await count('event_log'), await count('timeline_entry')]).toEqual([2, 2]);
    const partitions = await core.database.query(
      `SELECT 1 FROM pg_class WHERE relname = 'event_log_2026_01'`,
    );
    expect(partitions).toEqual([]);
    await rule({ kind: 'events', source: 'default', keepDays: 1 }, { kind: 'timeline', keepDays: 1 });
    await job().enforce();
    expect([await count('event_log'), await count('timeline_entry')]).toEqual([0, 0]);
    expect((await core.call('GET /metrics', { key: null })).text).toMatch(
      /repartee_retention_ended_total\{kind="events"\} [3-9]/,
    );
    await see('dan');
    expect(await count('event_log')).toBe(1);
  });
});
