import { ManualClock } from '@repartee/platform/testing';
import type { ProfileDocument } from '@repartee/profile/domain';
import { apply } from './testing/apply.js';
import type { CoreUnderTest } from './testing/start-core.js';
import { createPlace, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const DAY = 86_400_000;

describe('traits', () => {
  const clock = new ManualClock();
  let core: CoreUnderTest;
  let crm: { bearer: string };
  let sent = 0;
  const profile = async (reference: string) =>
    (await core.call<ProfileDocument>(`GET /v1/profiles/${reference}`)).body;
  const event = (userId: string, name: string, properties: object = {}, daysAgo = 0) => ({
    type: 'track',
    userId,
    event: name,
    properties,
    messageId: `traits-${(sent += 1)}`,
    timestamp: new Date(clock.now() - daysAgo * DAY).toISOString(),
  });
  const identify = (userId: string, traits: object, daysAgo = 0) => ({
    type: 'identify',
    userId,
    traits,
    messageId: `traits-${(sent += 1)}`,
    timestamp: new Date(clock.now() - daysAgo * DAY).toISOString(),
  });
  const send = (batch: object[], key?: { bearer: string }) =>
    visibly(core.call, '/v1/batch', { batch }, key && { key });
  const complete = () =>
    until('the records to be complete', async () => {
      const { body } = await core.call<{ items: { state: string; done: number; total: number }[] }>(
        'GET /v1/trait-replays',
      );
      return body.items.every(({ state }) => state !== 'running') && body.items[0];
    });

  beforeAll(async () => {
    core = await startCore({ clock });
    const made = await core.call<{ key: string }>('/v1/keys', {
      key: 'admin',
      body: { kind: 'server', name: 'crm', source: 'crm', scopes: ['events:write'] },
    });
    crm = { bearer: made.body.key };
  });
  afterAll(() => core.stop());

  it('survive by the rule declared for them, with their lineage and what lost', async () => {
    await send([identify('ann', { name: 'Ann Example', city: 'Berlin' }, 2)]);
    await send([identify('ann', { name: 'Ann', city: 'Bern' }, 1)], crm);
    expect((await profile('user_id:ann')).traits).toMatchObject({ name: 'Ann', city: 'Bern' });
    await apply(core, { version: 1, traits: [{ key: 'name', survivorship: 'longest' }] });
    await complete();
    const ann = await profile('user_id:ann');
    expect(ann.traits).toMatchObject({ name: 'Ann Example', city: 'Bern' });
    expect(ann.lineage['name']).toMatchObject({
      rule: 'longest',
      party: 'first',
      verified: true,
      others: [{ value: 'Ann', source: 'crm' }],
    });
    expect(ann.lineage['city']).toMatchObject({ source: 'crm', rule: 'most_recent' });
  });

  it('that weigh all that was said are read from the log', async () => {
    await send([identify('bob', { size: 'M' }, 5), identify('bob', { size: 'M' }, 4)]);
    await send([identify('bob', { size: 'XL' }, 3)]);
    expect((await profile('user_id:bob')).traits['size']).toBe('XL');
    await apply(core, { version: 1, traits: [{ key: 'size', survivorship: 'most_frequent' }] });
    await complete();
    const bob = await profile('user_id:bob');
    expect(bob.traits['size']).toBe('M');
    expect(bob.lineage['size']?.others).toMatchObject([{ value: 'XL', count: 1 }]);
    await send([identify('bob', { size: 'XL' }), identify('bob', { size: 'XL' })]);
    expect((await profile('user_id:bob')).traits['size']).toBe('XL');
  });

  it('are computed from the log when they are declared, and from then on with every event', async () => {
    await send([
      event('cleo', 'Video Watched', { minutes: 10, topic: 'tea' }, 40),
      event('cleo', 'Video Watched', { minutes: 20.5, topic: 'mugs' }, 10),
      event('cleo', 'Video Watched', { minutes: 0, topic: 'ads' }, 1),
    ]);
    const from = { event: 'Video Watched', where: 'event.properties.minutes > 0.0' };
    await apply(core, {
      version: 1,
      computedTraits: [
        { key: 'minutes_30d', from, op: 'sum', of: 'properties.minutes', window: '30d' },
        { key: 'minutes', from, op: 'sum', of: 'properties.minutes' },
        { key: 'videos', from, op: 'count' },
        { key: 'topics', from, op: 'list', of: 'properties.topic' },
        { key: 'video_recency', from, op: 'recency' },
      ],
    });
    expect(await complete()).toMatchObject({ state: 'finished', done: 3, total: 3 });
    expect((await profile('user_id:cleo')).computed).toMatchObject({
      minutes_30d: 20.5,
      minutes: 30.5,
      videos: 2,
      topics: ['mugs', 'tea'],
      video_recency: 10,
    });
    await send([event('cleo', 'Video Watched', { minutes: 1, topic: 'tea' })]);
    expect((await profile('user_id:cleo')).computed).toMatchObject({
      minutes_30d: 21.5,
      videos: 3,
      topics: ['tea', 'mugs'],
    });
    await send([event('dan', 'Greeted')]);
    expect((await profile('user_id:dan')).computed).toMatchObject({ minutes: 0, videos: 0, topics: [] });
    expect((await profile('user_id:dan')).computed).not.toHaveProperty('video_recency');
    clock.advance(29 * DAY);
    expect((await profile('user_id:cleo')).computed).toMatchObject({ minutes_30d: 1, minutes: 31.5 });
  });

  it('that are computed may be read by rules, and are checked by their type', async () => {
    const offer = (eligibility: string) => ({
      version: 1,
      offers: [{ key: 'tea', name: 'Tea', value: 5, eligibility }],
    });
    await apply(core, offer('profile.computed.videos >= 2'));
    const refusal = async (document: object) =>
      (await core.call('/v1/apply', { key: 'admin', body: document })).body.errors;
    expect(await refusal(offer('profile.computed.videos == "two"'))).toMatchObject([
      { pointer: '#/offers/0/eligibility' },
    ]);
    expect(await refusal(offer('profile.computed.vidoes >= 2'))).toMatchObject([
      { detail: expect.stringContaining('vidoes') as string },
    ]);
    const both = { ...offer('profile.computed.fresh >= 2'), computedTraits: [] as object[] };
    both.computedTraits.push({ key: 'fresh', from: { event: 'A' }, op: 'count' });
    await apply(core, both);
    expect(await refusal({ version: 1, computedTraits: [{ key: 'Bad Key', op: 'count' }] })).toMatchObject([
      { pointer: '#/computedTraits/0/key', line: 1 },
      { pointer: '#/computedTraits/0/from' },
    ]);
  });

  it('are counted once each when they are declared while events come in', async () => {
    const people = Array.from({ length: 30 }, (_, index) => `eve-${index}`);
    const visit = (userId: string) => event(userId, 'Visited');
    const flood = (async () => {
      for (let round = 0; round < 20; round += 1)
        await core.call('/v1/batch', { body: { batch: people.map(visit) } });
    })();
    for (const key of ['one', 'two', 'three'])
      await apply(core, {
        version: 1,
        computedTraits: [{ key: `visits_${key}`, from: { event: 'Visited' }, op: 'count' }],
      });
    await flood;
    await Promise.all(people.map((userId) => send([visit(userId)])));
    await complete();
    const counts = await Promise.all(
      people.map(async (userId) => (await profile(`user_id:${userId}`)).computed),
    );
    for (const computed of counts)
      expect(computed).toMatchObject({ visits_one: 21, visits_two: 21, visits_three: 21 });
  });

  it('follow the trust that a source has, also when that changes', async () => {
    await send([identify('fay', { phone_type: 'mobile' }, 2)], crm);
    await send([identify('fay', { phone_type: 'landline' }, 1)]);
    await apply(core, { version: 1, traits: [{ key: 'phone_type', survivorship: 'most_trusted' }] });
    await complete();
    expect((await profile('user_id:fay')).traits['phone_type']).toBe('landline');
    const source = { key: 'crm', name: 'CRM', trustRank: 90, party: 'second' };
    expect((await core.call('/v1/sources', { key: 'admin', body: source })).status).toBeLessThan(300);
    await until('the trait to follow', async () => {
      const { traits, lineage } = await profile('user_id:fay');
      return traits['phone_type'] === 'mobile' && lineage['phone_type']?.party === 'second';
    });
  }, 20_000);

  it('of two profiles that turn out to be one are counted together', async () => {
    const watched = (anonymousId: string, messageId: string) => ({
      type: 'track',
      anonymousId,
      messageId,
      event: 'Video Watched',
      properties: { minutes: 5, topic: 'hats' },
    });
    await visibly(core.call, '/v1/batch', { batch: [watched('gil-phone', 'g1')] }, { key: 'write' });
    await send([event('gil', 'Video Watched', { minutes: 7, topic: 'tea' })]);
    expect((await profile('user_id:gil')).computed).toMatchObject({ videos: 1, minutes: 7 });
    await send([{ ...identify('gil', {}), anonymousId: 'gil-phone' }]);
    expect((await profile('user_id:gil')).computed).toMatchObject({
      videos: 2,
      minutes: 12,
      topics: expect.arrayContaining(['hats', 'tea']) as string[],
    });
  });

  it('of people who come apart again are those of each, also when they were declared in between', async () => {
    for (const person of ['hal', 'ida'])
      await send([
        identify(person, { name: `${person} Stone`, email: `${person}@x.org` }),
        event(person, 'Laughed'),
        event(person, 'Video Watched', { minutes: 2, topic: 'tea' }),
      ]);
    const [hal, ida] = [await profile('user_id:hal'), await profile('user_id:ida')];
    await core.call(`/v1/profiles/${hal.id}/merge`, { body: { other: ida.id, reason: 'one person' } });
    expect((await profile('user_id:hal')).computed).toMatchObject({ videos: 2 });
    const from = { event: 'Laughed' };
    await apply(core, { version: 1, computedTraits: [{ key: 'laughs', from, op: 'count' }] });
    const identifiers = ['user_id:ida', 'email:ida@x.org'];
    const split = await core.call(`/v1/profiles/${hal.id}/split`, {
      body: { identifiers, reason: 'two people' },
    });
    expect(split.status).toBe(200);
    await complete();
    for (const person of ['hal', 'ida'])
      await until(`${person} to be complete`, async () => {
        const { computed } = await profile(`user_id:${person}`);
        return computed['laughs'] === 1 && computed['videos'] === 1;
      });
    const found = await core.call<{ items: { id: string }[] }>('GET /v1/profiles?q=ida%20stone');
    expect(found.body.items.map(({ id }) => id)).toEqual([(await profile('user_id:ida')).id]);
  });

  it('that are pruned are gone', async () => {
    await apply(core, { version: 1, prune: true });
    await complete();
    expect((await profile('user_id:cleo')).computed).not.toHaveProperty('videos');
    expect((await profile('user_id:ann')).traits['name']).toBe('Ann');
    expect((await core.call<{ items: object[] }>('GET /v1/traits')).body.items).toMatchObject([
      { key: 'name', survivorship: 'most_recent' },
      { key: 'phone_type', survivorship: 'most_recent' },
      { key: 'size', survivorship: 'most_recent' },
    ]);
  });
});

describe('the reading of traits from the log', () => {
  it('goes on where it was after a restart', async () => {
    const place = await createPlace();
    try {
      const first = await startCore({ place });
      const batch = Array.from({ length: 400 }, (_, index) => ({
        type: 'track',
        event: 'Visited',
        userId: `person-${index % 200}`,
        messageId: `v${index}`,
      }));
      await visibly(first.call, '/v1/batch', { batch });
      await apply(first, {
        version: 1,
        computedTraits: [{ key: 'visits', from: { event: 'Visited' }, op: 'count' }],
      });
      await first.stop();
      const second = await startCore({ place });
      const replay = await until('the replay to end', async () => {
        const { body } = await second.call<{ items: { state: string; done: number }[] }>(
          'GET /v1/trait-replays',
        );
        return body.items.find(({ state }) => state === 'finished');
      });
      expect(replay).toMatchObject({ done: 200, total: 200 });
      for (const person of [0, 77, 199]) {
        const { body } = await second.call<ProfileDocument>(`GET /v1/profiles/user_id:person-${person}`);
        expect(body.computed['visits']).toBe(2);
      }
      await second.stop();
    } finally {
      await place.remove();
    }
  });
});
