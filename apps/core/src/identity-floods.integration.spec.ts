import type { ProfileDocument } from '@repartee/profile/domain';
import { startCore, type CoreUnderTest } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';

interface Review {
  id: string;
  kind: string;
  a: string;
  b: string;
  detail: { identifier?: string };
}

describe('identifiers that lead astray', () => {
  let core: CoreUnderTest;
  const get = (reference: string) =>
    core.call<ProfileDocument & { code?: string; candidates?: string[] }>(
      `GET /v1/profiles/${encodeURIComponent(reference)}`,
    );
  const profile = async (reference: string) => (await get(reference)).body;
  const batch = (events: object[], key: 'server' | 'write' = 'server') =>
    visibly(core.call, '/v1/batch', { batch: events }, { key });
  const reviews = async () =>
    (await core.call<{ items: Review[] }>('GET /v1/match-reviews?limit=200')).body.items;
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

  beforeAll(async () => {
    core = await startCore();
  });
  afterAll(() => core.stop());

  it.each(['server', 'write'] as const)(
    '500 log-ins on one tablet, sent with the %s key, are 500 people; its history is at most one’s',
    async (key) => {
      const anonymousId = `tablet-of-${key}`;
      await batch([{ type: 'track', event: 'Product Viewed', anonymousId, timestamp: ago(600) }], key);
      const before = await profile(`anonymous_id:${anonymousId}`);
      const logIn = (user: number) => ({
        type: 'identify',
        anonymousId,
        userId: `${key}-${user}`,
        traits: { name: `User ${user}` },
        timestamp: ago(550 - user),
      });
      await batch(
        Array.from({ length: 200 }, (_, user) => logIn(user)),
        key,
      );
      await batch(
        Array.from({ length: 300 }, (_, user) => logIn(200 + user)),
        key,
      );
      const people = await Promise.all(
        Array.from({ length: 500 }, (_, user) => profile(`user_id:${key}-${user}`)),
      );
      expect(new Set(people.map(({ id }) => id)).size).toBe(500);
      for (const [user, person] of people.entries()) expect(person.traits['name']).toBe(`User ${user}`);
      expect(people.filter(({ mergedIds, id }) => id === before.id || mergedIds.includes(before.id))).toEqual(
        [expect.objectContaining({ id: people[0]?.id })],
      );
      const shared = await get(`anonymous_id:${anonymousId}`);
      expect(shared.status).toBe(409);
      expect(shared.body).toMatchObject({ code: 'PROFILE.AMBIGUOUS' });
      expect(shared.body.candidates).toEqual(expect.arrayContaining([people[0]?.id]));

      const later = await batch([{ type: 'track', event: 'Product Viewed', anonymousId }], key);
      expect(people.map(({ id }) => id)).not.toContain(later.profileId);
    },
  );

  it('a flood of placeholders joins nobody', async () => {
    const words = ['null', 'undefined', '', 'anonymous', '-1', '0000', 'None', 'N/A', 'unknown', '00000000'];
    const ids = Array.from({ length: 120 }, (_, at) => {
      const word = words[at % words.length] ?? '';
      return {
        type: 'identify',
        anonymousId: `flood-device-${at}`,
        userId: at % 3 === 0 ? `flood-${at}` : word,
        traits: { email: word, phone: word },
        context: { externalIds: [{ type: 'loyalty_id', id: word, collection: 'users', encoding: 'none' }] },
      };
    });
    await batch(ids);
    const owners = await Promise.all(ids.map(({ anonymousId }) => profile(`anonymous_id:${anonymousId}`)));
    expect(new Set(owners.map(({ id }) => id)).size).toBe(ids.length);
    const [row] = await core.database.query<{ largest: number }>(
      `SELECT max(held)::int AS largest FROM (
         SELECT count(*) AS held FROM identifier WHERE value LIKE 'flood-%' GROUP BY profile_id) people`,
    );
    expect(row?.largest).toBe(2);
  });

  it('one identifier too many is dropped, and which one does not hang on what arrives first', async () => {
    const identify = (email: number) => ({
      type: 'identify',
      userId: 'collector',
      traits: { email: `c${email}@x.org` },
      timestamp: ago(100 - email),
    });
    for (const email of [6, 2, 7, 3]) await batch([identify(email)]);
    await batch([identify(5), identify(1), identify(4)]);
    const { identifiers } = await profile('user_id:collector');
    expect(identifiers.map(({ value }) => value)).toEqual([
      ...[1, 2, 3, 4, 5].map((email) => `c${email}@x.org`),
      'collector',
    ]);
    expect((await get('email:c7@x.org')).status).toBe(404);
  });

  it('an address that too many people have links nobody from then on, and what it linked goes to review', async () => {
    const contact = (user: number, minutes: number) => ({
      type: 'identify',
      userId: `sharer-${user}`,
      traits: { email: 'info@x.org' },
      timestamp: ago(minutes),
    });
    await batch([contact(1, 60)]);
    await batch([
      { type: 'identify', anonymousId: 'early', traits: { email: 'info@x.org' }, timestamp: ago(59) },
    ]);
    const first = await profile('user_id:sharer-1');
    expect(await profile('anonymous_id:early')).toMatchObject({ id: first.id });
    await batch([2, 3, 4, 5].map((user) => contact(user, 60 - user)));
    expect(await profile('email:info@x.org')).toMatchObject({ id: first.id });
    await batch([contact(6, 30)]);
    const shared = await get('email:info@x.org');
    expect(shared).toMatchObject({ status: 409, body: { code: 'PROFILE.AMBIGUOUS' } });
    expect(shared.body.candidates?.length).toBeGreaterThanOrEqual(6);
    expect(
      (await core.call('/v1/profiles/lookup', { body: { identifiers: { email: 'info@x.org' } } })).status,
    ).toBe(409);

    await batch([{ type: 'identify', anonymousId: 'late', traits: { email: 'info@x.org' } }]);
    expect((await profile('anonymous_id:late')).id).not.toBe(first.id);
    const waiting = (await reviews()).filter(
      ({ kind, detail }) => kind === 'shared' && detail.identifier === 'email:info@x.org',
    );
    expect(waiting.map(({ a, b }) => [a, b].join(' ')).sort()).toEqual([
      'anonymous_id:early email:info@x.org',
      'email:info@x.org user_id:sharer-1',
    ]);
    const early = waiting.find(({ a }) => a === 'anonymous_id:early');
    const decided = await core.call(`/v1/match-reviews/${early?.id}`, { body: { verdict: 'different' } });
    expect(decided).toMatchObject({ status: 200, body: { verdict: 'different' } });
    expect((await profile('anonymous_id:early')).id).not.toBe(first.id);
    expect((await core.call(`/v1/match-reviews/${early?.id}`, { body: { verdict: 'same' } })).status).toBe(
      409,
    );
  });

  it('a sign-out starts a new anonymous profile', async () => {
    const anonymousId = 'her-laptop';
    const view = (minutes: number) => ({
      type: 'track',
      event: 'Product Viewed',
      anonymousId,
      timestamp: ago(minutes),
    });
    await batch([view(50), { type: 'identify', userId: 'signer', anonymousId, timestamp: ago(40) }]);
    const signer = await profile('user_id:signer');
    await batch([view(30), view(10)]);
    expect(await profile(`anonymous_id:${anonymousId}`)).toMatchObject({ id: signer.id });
    await batch([{ type: 'track', event: 'Signed Out', userId: 'signer', anonymousId, timestamp: ago(20) }]);
    const after = await profile(`anonymous_id:${anonymousId}`);
    expect(after.id).not.toBe(signer.id);
    expect((await batch([view(5)])).profileId).toBe(after.id);
    expect((await batch([view(25)])).profileId).toBe(signer.id);
    const count = async (id: string) =>
      (
        await core.database.query<{ views: number }>(
          `SELECT (record->'events'->'Product Viewed'->>'count')::int AS views FROM profile WHERE id = $1`,
          [id],
        )
      )[0]?.views;
    expect(await count(signer.id)).toBe(3);
    expect(await count(after.id)).toBe(2);
  });
});
