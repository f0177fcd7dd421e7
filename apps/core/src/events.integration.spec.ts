import { EventLog, LaneReader } from '@repartee/ingestion';
import { ManualClock } from '@repartee/platform/testing';
import { startCore, type CoreUnderTest } from './testing/start-core.js';
import { visibly, type Visible } from './testing/visibly.js';

const NOW = Date.UTC(2026, 4, 1, 12);

describe('events', () => {
  let core: CoreUnderTest;
  const clock = new ManualClock(NOW);
  const countOf = async (userId: string, event: string) => {
    const found = await core.call<{ computed: object }>(
      `GET /v1/profiles/user_id:${userId}/timeline?limit=200`,
    );
    const { items } = found.body as unknown as { items: { data: { name?: string } }[] };
    return items.filter((item) => item.data.name === event).length;
  };
  const view = (userId: string, messageId: string) => ({
    type: 'track',
    userId,
    event: 'Product Viewed',
    messageId,
  });

  beforeAll(async () => {
    core = await startCore({ clock });
  });
  afterAll(() => core.stop());

  it('say when they show, with the profile and its version', async () => {
    const body = { userId: 'ann', event: 'Product Viewed', messageId: 'ann-1' };
    const headers = { prefer: 'visible, wait=5' };
    const first = await core.call<Visible>('/v1/track', { body, headers });
    expect(first.status).toBe(200);
    expect(first.headers.get('preference-applied')).toBe('visible, wait=5');
    expect(first.body).toEqual({
      success: true,
      visible: true,
      profileId: expect.any(String) as string,
      profileVersion: 1,
    });
    const profile = await core.call<{ id: string; version: number }>('GET /v1/profiles/user_id:ann');
    expect(profile.body).toMatchObject({ id: first.body.profileId, version: 1 });

    const again = await core.call<Visible>('/v1/track', { body, headers });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('preference-applied')).toBe('visible, wait=5');
  });

  it('count once by their message id: in one batch, across requests, at the same time', async () => {
    const batch = [view('bea', 'b1'), view('bea', 'b1'), view('bea', 'b2')];
    await visibly(core.call, '/v1/batch', { batch });
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        core.call(index % 2 ? '/v1/track' : '/v1/batch', {
          body: index % 2 ? view('bea', 'b3') : { batch: [view('bea', 'b3'), view('bea', `own-${index}`)] },
        }),
      ),
    );
    await visibly(core.call, '/v1/batch', {
      batch: [view('bea', 'b1'), view('bea', 'b3'), view('bea', 'b4')],
    });
    expect(await countOf('bea', 'Product Viewed')).toBe(4 + 10);
  });

  it('of different sources may share a message id', async () => {
    await visibly(core.call, '/v1/track', view('cleo', 'shared'));
    const made = await core.call<{ key: string }>('/v1/keys', {
      key: 'admin',
      body: { kind: 'server', name: 'Till', source: 'till' },
    });
    await visibly(core.call, '/v1/track', view('cleo', 'shared'), { key: { bearer: made.body.key } });
    expect(await countOf('cleo', 'Product Viewed')).toBe(2);
  });

  it('happened when the sender says, corrected by the difference of clocks, never in the future', async () => {
    const at = (milliseconds: number) => new Date(milliseconds).toISOString();
    const hourFast = 3_600_000;
    await visibly(core.call, '/v1/batch', {
      sentAt: at(NOW + hourFast),
      batch: [
        { ...view('dan', 'd1'), timestamp: at(NOW + hourFast - 60_000) },
        { ...view('dan', 'd2'), originalTimestamp: at(NOW - 5000), sentAt: at(NOW) },
        { ...view('dan', 'd3'), timestamp: at(NOW + 10 * hourFast) },
        view('dan', 'd4'),
      ],
    });
    const { body } = await core.call<{ items: { at: string }[] }>('GET /v1/profiles/user_id:dan/timeline');
    expect(body.items.map((item) => Date.parse(item.at) - NOW).sort((a, b) => a - b)).toEqual([
      -60_000, -5000, 0, 0,
    ]);
  });

  it('answer at the deadline that they do not show yet, without the header', async () => {
    const reader = core.app.get(LaneReader, { strict: false });
    await reader.beforeApplicationShutdown();
    const answer = await core.call<Visible>('/v1/track', {
      body: view('eve', 'e1'),
      headers: { prefer: 'visible, wait=0.2' },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ success: true, visible: false });
    expect(answer.headers.has('preference-applied')).toBe(false);
    const recent = await core.app.get(EventLog, { strict: false }).recent({ limit: 1 });
    expect(recent).toMatchObject([{ messageId: 'e1' }]);
  });
});
