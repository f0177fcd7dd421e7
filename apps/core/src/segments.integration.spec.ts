import type { DecisionResponse } from '@repartee/contracts';
import { newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const HOUR = 3_600_000;
const action = { channel: 'email', zone: 'email.main' };
const SHOP = {
  version: 1,
  prune: true,
  segments: [{ key: 'regular', name: 'Regular customers', when: 'profile.computed.orders_count >= 2.0' }],
  zones: [
    { key: 'email.main', channel: 'email' },
    { key: 'hero', channel: 'web' },
  ],
  offers: [
    { key: 'thanks', name: 'Thank you', value: 5, repeatable: true },
    { key: 'club', name: 'Club', value: 9, repeatable: true, eligibility: '"regular" in profile.segments' },
  ],
  treatments: [
    {
      key: 'thanks.mail',
      offer: 'thanks',
      channel: 'email',
      zones: ['email.main'],
      content: { subject: 'Thank you', html: '<p><a href="{{ links.click }}">Come</a></p>' },
    },
    { key: 'club.hero', offer: 'club', channel: 'web', zones: ['hero'], content: { headline: 'Club' } },
  ],
  reactions: [
    {
      key: 'welcome-regular',
      on: { event: 'Segment Entered', where: 'event.properties.segment == "regular"' },
      action,
    },
  ],
};

interface Segment {
  key: string;
  when: string;
  version: number;
  members: number;
  complete: boolean;
  progress: object | null;
}

describe('segments', () => {
  const clock = new ManualClock(Date.UTC(2026, 4, 1, 12));
  let mailbox: Mailbox;
  let core: CoreUnderTest;

  beforeAll(async () => {
    mailbox = await openMailbox();
    core = await startCore({ clock, environment: mailbox.environment });
    await apply(core, SHOP);
  });
  afterAll(async () => {
    await core.stop();
    await mailbox.close();
  });

  const meet = (userId: string, traits: object = {}) =>
    visibly(core.call, '/v1/identify', { userId, traits: { email: `${userId}@example.org`, ...traits } });
  const buys = (userId: string) =>
    visibly(core.call, '/v1/track', {
      userId,
      event: 'Order Completed',
      properties: { order_id: newId(), total: 10, currency: 'USD' },
    });
  const segmentsOf = async (userId: string) =>
    (await core.call<{ segments: string[] }>(`GET /v1/profiles/user_id:${userId}`)).body.segments;
  const segment = async (key: string) => (await core.call<Segment>(`GET /v1/segments/${key}`)).body;
  const membersOf = async (key: string) => {
    const { body } = await core.call<{ items: { profileId: string }[] }>(`GET /v1/segments/${key}/members`);
    return body.items.map(({ profileId }) => profileId);
  };
  const complete = (key: string) =>
    until(`everybody to be asked for ${key}`, async () => {
      const found = await segment(key);
      return found.complete && found;
    });
  const changesOf = async (userId: string) => {
    const { body } = await core.call<{ items: { kind: string; data: { type: string; segment: string } }[] }>(
      `GET /v1/profiles/user_id:${userId}/timeline`,
    );
    const changes = body.items.filter(({ kind }) => kind === 'segment');
    return changes.map(({ data }) => `${data.type} ${data.segment}`);
  };
  const offersTo = async (userId: string) => {
    const { body } = await core.call<DecisionResponse>('/v1/decisions', {
      body: { identifiers: { userId }, channel: 'web', zones: [{ zone: 'hero' }] },
    });
    return body.zones[0]!.offers.map(({ offer }) => offer);
  };

  it('are in the record, in rules and in decisions from the event on that brings a person in', async () => {
    await complete('regular');
    await meet('ann');
    await buys('ann');
    expect(await segmentsOf('ann')).toEqual([]);
    expect(await offersTo('ann')).toEqual([]);
    await buys('ann');
    expect(await segmentsOf('ann')).toEqual(['regular']);
    expect(await offersTo('ann')).toEqual(['club']);
    expect(await changesOf('ann')).toEqual(['entered regular']);
    expect(await mailbox.mailTo('ann@example.org')).toMatchObject({ subject: 'Thank you' });
    expect(await segment('regular')).toMatchObject({ name: 'Regular customers', members: 1 });
    expect(await membersOf('regular')).toHaveLength(1);
  });

  it('are filled, when they are new, without a word to anybody; then tell of who comes and goes', async () => {
    await meet('bob', { tier: 'gold' });
    await meet('cat', { tier: 'tin' });
    const created = await core.call<Segment>('/v1/segments', {
      body: { key: 'gold', when: 'profile.traits.tier == "gold"' },
      key: 'admin',
    });
    expect(created.status).toBe(201);
    expect(await segmentsOf('bob')).toEqual(['gold']);
    expect(await complete('gold')).toMatchObject({ members: 1, progress: null });
    await meet('cat', { tier: 'gold' });
    await meet('cat', { tier: 'tin' });
    expect(await changesOf('cat')).toEqual(['left gold', 'entered gold']);
    expect(await changesOf('bob')).toEqual([]);
    expect((await segment('gold')).members).toBe(1);
  });

  it('let people in without a word by what they did long ago', async () => {
    const order = {
      event: 'Order Completed',
      timestamp: new Date(clock.now() - 30 * 24 * HOUR).toISOString(),
    };
    for (const order_id of ['old-1', 'old-2'])
      await visibly(core.call, '/v1/track', {
        ...order,
        userId: 'gus',
        properties: { order_id, total: 10, currency: 'USD' },
      });
    expect(await segmentsOf('gus')).toEqual(['regular']);
    expect((await segment('regular')).members).toBe(2);
    expect(await changesOf('gus')).toEqual([]);
  });

  it('let people in and out by time alone', async () => {
    const lapsed = { key: 'lapsed', when: 'now - profile.computed.last_seen > duration("48h")' };
    await core.call('/v1/segments', { body: lapsed, key: 'admin' });
    // Gus, who ordered a month ago.
    expect((await complete('lapsed')).members).toBe(1);
    clock.advance(49 * HOUR);
    await until('Bob to lapse', async () => (await changesOf('bob')).includes('entered lapsed'));
    expect(await segmentsOf('bob')).toContain('lapsed');
    await meet('bob');
    expect(await changesOf('bob')).toEqual(['left lapsed', 'entered lapsed']);
  });

  it('are filled without a word, too, by what is computed anew of the past', async () => {
    await visibly(core.call, '/v1/track', { userId: 'fay', event: 'Read', properties: { pages: 300 } });
    await apply(core, {
      version: 1,
      computedTraits: [{ key: 'pages_read', from: { event: 'Read' }, op: 'sum', of: 'properties.pages' }],
      segments: [{ key: 'readers', when: 'profile.computed.pages_read >= 300.0' }],
    });
    expect((await complete('readers')).members).toBe(1);
    await apply(core, {
      version: 1,
      computedTraits: [{ key: 'pages_read', from: { event: 'Read' }, op: 'count' }],
    });
    await until('nobody to be a reader', async () => {
      const { complete: asked, members } = await segment('readers');
      return asked && members === 0;
    });
    expect(await changesOf('fay')).toEqual([]);
  });

  it('hold nobody who does not want to be profiled', async () => {
    const { profileId } = await meet('dan');
    await buys('dan');
    await core.call(`/v1/profiles/${profileId}/object`, { body: { scope: 'profiling' }, key: 'admin' });
    await buys('dan');
    expect(await changesOf('dan')).toEqual([]);
    expect(await segmentsOf('dan')).toEqual([]);
    expect((await segment('regular')).members).toBe(2);
  });

  it('follow who is merged, and are part of what a person may ask for', async () => {
    const { profileId: other } = await meet('eve');
    await buys('eve');
    await buys('eve');
    const member = (await membersOf('regular')).find((id) => id !== other);
    const merge = { body: { other, reason: 'One person' }, key: 'admin' as const };
    expect((await core.call(`/v1/profiles/${member}/merge`, merge)).status).toBeLessThan(300);
    expect(await membersOf('regular')).toHaveLength(2);
    const exported = await core.call(`GET /v1/profiles/user_id:eve/export`, { key: 'admin' });
    expect(exported.text).toContain('regular');
  });

  it('change one at a time, by whoever has seen the present version', async () => {
    const { version } = await segment('gold');
    const silver = { when: 'profile.traits.tier in ["gold", "silver"]' };
    const put = (body: object, ifMatch?: string) =>
      core.call<Segment>('PUT /v1/segments/gold', {
        body,
        key: 'admin',
        headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
      });
    expect((await put(silver)).status).toBe(428);
    expect((await put(silver, '"1"')).status).toBe(412);
    expect((await put({ when: '"lapsed" in profile.segments' }, `"${version}"`)).body).toMatchObject({
      code: 'SEGMENT.REFUSED',
      errors: [{ pointer: '#/when' }],
    });
    const replaced = await put(silver, `"${version}"`);
    expect(replaced.status).toBe(200);
    expect(replaced.headers.get('etag')).toBe(`"${replaced.body.version}"`);
    expect((await put(silver, `"${version}"`)).status).toBe(412);
    const again = await core.call('/v1/segments', { body: { key: 'gold', when: 'true' }, key: 'admin' });
    expect(again).toMatchObject({ status: 409, body: { code: 'SEGMENT.EXISTS' } });
    const remove = { key: 'admin' as const, headers: { 'if-match': `"${replaced.body.version}"` } };
    expect((await core.call('DELETE /v1/segments/gold', remove)).status).toBe(204);
    expect((await core.call('GET /v1/segments/gold')).status).toBe(404);
    expect(await segmentsOf('bob')).not.toContain('gold');
  });

  it('are listed by key, page by page', async () => {
    const page = async (query: string) =>
      (await core.call<{ items: Segment[]; nextCursor: string | null }>(`GET /v1/segments${query}`)).body;
    const first = await page('?limit=1');
    expect(first.items.map(({ key }) => key)).toEqual(['lapsed']);
    const second = await page(`?limit=1&cursor=${first.nextCursor}`);
    expect(second.items.map(({ key }) => key)).toEqual(['readers']);
    const third = await page(`?limit=1&cursor=${second.nextCursor}`);
    expect(third).toMatchObject({ items: [{ key: 'regular' }], nextCursor: null });
  });

  it('are refused as a whole with the configuration they come in, where they stand in it', async () => {
    const document = { version: 1, segments: [{ key: 'x', when: 'profile.computed.no_such > 1' }] };
    const refused = await core.call<{ errors: { pointer: string; line: number }[] }>('/v1/apply', {
      body: document,
      key: 'admin',
    });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([{ pointer: '#/segments/0/when', line: 1 }]);
  });

  it('go with a configuration that prunes, and their members with them', async () => {
    await apply(core, { ...SHOP, segments: [], offers: [SHOP.offers[0]], treatments: [SHOP.treatments[0]] });
    expect(await segmentsOf('ann')).toEqual([]);
    await until('members to be forgotten', async () => {
      const left = await core.database.query('SELECT 1 FROM segment_member');
      return left.length === 0;
    });
  });
});
