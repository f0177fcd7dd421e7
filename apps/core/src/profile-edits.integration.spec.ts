import { ManualClock } from '@repartee/platform/testing';
import type { ProfileDocument } from '@repartee/profile/domain';
import { apply } from './testing/apply.js';
import type { CoreUnderTest } from './testing/start-core.js';
import { startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

describe('edits of profiles', () => {
  const clock = new ManualClock();
  let core: CoreUnderTest;
  let sent = 0;
  const profile = async (userId: string) =>
    (await core.call<ProfileDocument>(`GET /v1/profiles/user_id:${userId}`)).body;
  const identify = (userId: string, traits: object) =>
    visibly(core.call, '/v1/identify', { userId, traits, messageId: `edit-${(sent += 1)}` });
  const patch = <T = ProfileDocument>(id: string, traits: object, version?: number | string) =>
    core.call<T>(`PATCH /v1/profiles/${id}`, {
      body: { traits },
      headers:
        version === undefined ? {} : { 'if-match': typeof version === 'number' ? `"${version}"` : version },
    });
  const put = (id: string, body: object) =>
    core.call<ProfileDocument>(`PUT /v1/profiles/${id}/consents`, { body });
  const timeline = async (id: string, query = '') =>
    (
      await core.call<Page<{ id: string; kind: string; data: Record<string, unknown> }>>(
        `GET /v1/profiles/${id}/timeline${query}`,
      )
    ).body.items;

  beforeAll(async () => {
    core = await startCore({ clock });
  });
  afterAll(() => core.stop());

  it('are refused where an event changed the person, also before this process has heard of it', async () => {
    await identify('zora', { city: 'Bern' });
    const seen = await profile('zora');
    await core.database.query('UPDATE profile SET version = version + 1 WHERE id = $1', [seen.id]);
    expect((await profile('zora')).version).toBe(seen.version);
    expect((await patch(seen.id, { city: 'Chur' }, seen.version)).status).toBe(412);
    await core.database.query('UPDATE profile SET version = version - 1 WHERE id = $1', [seen.id]);
    await visibly(core.call, '/v1/track', {
      userId: 'zora',
      event: 'Seen',
      messageId: `edit-${(sent += 1)}`,
    });
    expect((await patch(seen.id, { city: 'Chur' }, seen.version)).status).toBe(412);
    expect((await patch(seen.id, { city: 'Chur' }, (await profile('zora')).version)).status).toBe(200);
  });

  it('change traits on the version that was seen, with their lineage', async () => {
    await identify('ann', { name: 'Ann', city: 'Bern' });
    const before = await profile('ann');
    clock.advance(1000);
    const answer = await patch(before.id, { city: 'Basel', tier: 'gold', name: null }, before.version);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe(`"${answer.body.version}"`);
    expect(answer.body.traits).toEqual({ city: 'Basel', tier: 'gold' });
    expect(answer.body.lineage['city']).toMatchObject({
      source: 'api',
      verified: true,
      others: [{ value: 'Bern' }],
    });
    expect(await profile('ann')).toEqual(answer.body);
    expect((await patch(before.id, { city: 'Chur' }, before.version)).status).toBe(412);
    expect((await patch(before.id, { city: 'Chur' })).status).toBe(428);
    expect((await patch(before.id, { city: 'Chur' }, '*')).status).toBe(200);
    expect((await patch('00000000-0000-7000-8000-000000000000', {}, '*')).status).toBe(404);
    expect(await timeline(before.id)).toMatchObject([
      { data: { type: 'edit' } },
      { data: { type: 'edit' } },
      {},
    ]);
  });

  it('on one version at the same time are refused but for one', async () => {
    await identify('bob', { name: 'Bob' });
    const { id, version } = await profile('bob');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => patch(id, { seat: `row ${index}` }, version)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(412)]);
    const after = await profile('bob');
    expect(after.traits['seat']).toBe(answers.find(({ status }) => status === 200)?.body.traits['seat']);
  });

  it('come back when a record is read again from the log', async () => {
    await identify('cleo', { city: 'Bern' });
    const { id, version } = await profile('cleo');
    clock.advance(1000);
    await patch(id, { city: 'Basel' }, version);
    await apply(core, { version: 1, traits: [{ key: 'city', survivorship: 'most_trusted' }] });
    await until('the records to be complete', async () => {
      const { body } = await core.call<Page<{ state: string }>>('GET /v1/trait-replays');
      return body.items.every(({ state }) => state !== 'running');
    });
    clock.advance(1000);
    await identify('cleo', { city: 'Bonn' });
    const cleo = await profile('cleo');
    expect(cleo.traits['city']).toBe('Basel');
    expect(cleo.lineage['city']).toMatchObject({
      rule: 'most_trusted',
      source: 'api',
      others: [{ value: 'Bonn' }],
    });
  });

  it('set consents by channel, purpose and use of data, with proof and history', async () => {
    await identify('dan', { name: 'Dan' });
    const { id } = await profile('dan');
    const proof = { shown: 'Yes, send me the newsletter.', form: 'footer', version: '3', ip: '192.0.2.7' };
    const first = await put(id, {
      consents: [
        { channel: 'email', status: 'pending', proof },
        { channel: 'sms', purpose: 'service', status: 'granted' },
        { dataUse: 'profiling', status: 'denied' },
      ],
      preferences: { topics: ['tea'], frequency: 'weekly' },
    });
    expect(first.status).toBe(200);
    expect(first.body.consents).toMatchObject({
      email: { status: 'pending', channel: 'email', purpose: 'marketing', proof },
      'service/sms': { status: 'granted', channel: 'sms', purpose: 'service' },
      'data:profiling': { status: 'denied', dataUse: 'profiling' },
    });
    clock.advance(1000);
    await put(id, { consents: [{ channel: 'email', status: 'granted', proof: { method: 'link in mail' } }] });
    clock.advance(1000);
    const { body } = await put(id, {
      consents: [{ channel: 'email', status: 'denied' }],
      preferences: { frequency: null },
    });
    expect(body.consents['email']).toMatchObject({
      status: 'denied',
      history: [
        { status: 'granted', proof: { method: 'link in mail' } },
        { status: 'pending', proof },
      ],
    });
    expect(body.consents['data:profiling']?.status).toBe('denied');
    expect(body.preferences).toEqual({ topics: ['tea'] });
    const refused = await core.call(`PUT /v1/profiles/${id}/consents`, {
      body: { consents: [{ channel: 'email', dataUse: 'x', status: 'granted' }] },
    });
    expect(refused.status).toBe(400);
  });

  it('keep notes and declared texts in the timeline, to be searched', async () => {
    await apply(core, {
      version: 1,
      texts: [{ key: 'reviews', event: 'Review Written', path: 'properties.body', kind: 'review' }],
    });
    await identify('eve', { name: 'Eve' });
    const { id } = await profile('eve');
    const note = await core.call<{ id: string }>(`POST /v1/profiles/${id}/notes`, {
      body: { text: 'Wants green tea, no mint. Allergic to nuts.', kind: 'transcript', author: 'Kim' },
    });
    expect(note.status).toBe(201);
    await visibly(core.call, '/v1/track', {
      userId: 'eve',
      event: 'Review Written',
      properties: { body: 'The mint was lovely' },
      messageId: 'eve-review',
    });
    expect(await timeline(id, '?q=mint')).toHaveLength(2);
    expect(await timeline(id, '?q=%22green+tea%22+nuts')).toMatchObject([
      { id: note.body.id, kind: 'note', data: { kind: 'transcript', author: 'Kim' } },
    ]);
    expect(await timeline(id, '?q=mint+-lovely')).toMatchObject([{ kind: 'note' }]);
    expect(await timeline(id, '?q=coffee')).toEqual([]);
  });

  it('review what was found in texts before anything is linked', async () => {
    await identify('fay', { email: 'fay@example.org' });
    const { id } = await profile('fay');
    await core.call(`POST /v1/profiles/${id}/notes`, {
      body: {
        text: 'fay@example.org called from +41 44 668 18 00 about order 7781, also fay.new@example.org',
      },
    });
    const open = async () =>
      (await core.call<Page<{ id: string; value: string; profileId: string }>>('GET /v1/entity-hints')).body
        .items;
    const hints = await open();
    expect(hints.map(({ value }) => value).sort()).toEqual(['+41446681800', '7781', 'fay.new@example.org']);
    expect(hints.every(({ profileId }) => profileId === id)).toBe(true);
    const decide = (value: string, verdict: string) =>
      core.call<{ state: string; code?: string }>(
        `POST /v1/entity-hints/${hints.find((hint) => hint.value === value)?.id}`,
        { body: { verdict } },
      );
    expect((await decide('fay.new@example.org', 'link')).body).toMatchObject({ state: 'linked' });
    expect((await decide('fay.new@example.org', 'link')).status).toBe(200);
    expect((await decide('fay.new@example.org', 'dismiss')).body.code).toBe('PROFILE.HINT_DECIDED');
    expect((await decide('+41446681800', 'dismiss')).body).toMatchObject({ state: 'dismissed' });
    expect((await decide('7781', 'link')).body).toMatchObject({ state: 'linked' });
    expect(await open()).toEqual([]);
    const fay = await core.call<ProfileDocument>('/v1/profiles/lookup', {
      body: { identifiers: { email: 'fay.new@example.org' } },
    });
    expect(fay.body.id).toBe(id);
    const stranger = await core.call('/v1/profiles/lookup', {
      body: { identifiers: { phone: '+41446681800' } },
    });
    expect(stranger.status).toBe(404);
  });

  it('show in the search by name, postcode and order number', async () => {
    await identify('gil', {
      firstName: 'Gil',
      lastName: 'Müller-Østby',
      address: { postalCode: 'SW1A 1AA' },
    });
    await identify('gus', { name: 'Gustav Muller', postcode: '10115' });
    await visibly(core.call, '/v1/track', {
      userId: 'gus',
      event: 'Order Completed',
      properties: { order_id: 'G-77', total: 5 },
      messageId: 'gus-order',
    });
    const search = async (q: string, more = '') =>
      (await core.call<Page<ProfileDocument>>(`GET /v1/profiles?q=${encodeURIComponent(q)}${more}`)).body;
    const names = async (q: string) =>
      (await search(q)).items.map(
        ({ identifiers }) => identifiers.find((one) => one.namespace === 'user_id')?.value,
      );
    expect((await names('muller')).sort()).toEqual(['gil', 'gus']);
    expect(await names('MÜLLER gil')).toEqual(['gil']);
    expect(await names('sw1a1aa')).toEqual(['gil']);
    expect(await names('sw1a 1aa')).toEqual(['gil']);
    expect(await names('10115 gustav')).toEqual(['gus']);
    expect(await names('G-77')).toEqual(['gus']);
    expect(await names('nobody at all')).toEqual([]);
    const first = await search('muller', '&limit=1');
    const second = await search('muller', `&limit=1&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(
      (await search('muller')).items.map(({ id }) => id),
    );
    expect(second.nextCursor).toBeNull();
    const { id, version } = await profile('gil');
    await patch(id, { lastName: 'Berg' }, version);
    expect(await names('muller')).toEqual(['gus']);
  });
});
