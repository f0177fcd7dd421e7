import type { ProfileDocument } from '@repartee/profile/domain';
import { startCore, type CoreUnderTest } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';

interface Merged {
  profileId: string;
  mergedId: string | null;
}
interface SplitAnswer {
  profileId: string;
  otherId: string;
}

describe('merge and split', () => {
  let core: CoreUnderTest;
  let made = 0;
  const profile = async (reference: string) =>
    (await core.call<ProfileDocument>(`GET /v1/profiles/${encodeURIComponent(reference)}`)).body;
  /** A person with an order, a cart and a consent, who has just come. */
  const person = async (traits: object = {}) => {
    made += 1;
    const userId = `person-${made}`;
    const track = (event: string, properties: object) => ({ type: 'track', userId, event, properties });
    await visibly(core.call, '/v1/batch', {
      batch: [
        { type: 'identify', userId, traits: { name: userId, email: `${userId}@x.org`, ...traits } },
        track('Product Added', { product_id: `p${made}`, price: 4 }),
        track('Order Completed', { order_id: `o${made}`, total: 10, currency: 'EUR' }),
        track('Order Completed', { order_id: 'both', total: 5, currency: 'EUR' }),
      ],
    });
    return { userId, id: (await profile(`user_id:${userId}`)).id };
  };
  const merge = (id: string, other: string) =>
    core.call<Merged>(`/v1/profiles/${id}/merge`, { body: { other, reason: 'she said so' } });
  const split = (id: string, ...identifiers: string[]) =>
    core.call<SplitAnswer>(`/v1/profiles/${id}/split`, { body: { identifiers, reason: 'two people' } });
  const track = (userId: string, event: string, properties: object = {}) =>
    visibly(core.call, '/v1/track', { userId, event, properties });
  const timeline = async (reference: string) => {
    const { body } = await core.call<{ items: { kind: string; data: { name?: string } }[] }>(
      `GET /v1/profiles/${reference}/timeline?limit=200`,
    );
    return body.items.map((item) => item.data.name ?? item.kind).sort();
  };
  /** All that the database keeps of a record, as text. */
  const stored = async (id: string) =>
    core.database.query(
      `SELECT record::text AS record, version, merged_into,
         (SELECT json_agg(o ORDER BY order_id)::text FROM profile_order o WHERE o.profile_id = profile.id) AS orders
       FROM profile WHERE id = $1`,
      [id],
    );

  beforeAll(async () => {
    core = await startCore();
  });
  afterAll(() => core.stop());

  it('is foretold without changing anything', async () => {
    const [ann, bob] = [await person(), await person()];
    const before = [await stored(ann.id), await stored(bob.id)];
    const { status, body } = await core.call<Merged & { profile: ProfileDocument }>(
      `GET /v1/profiles/${bob.id}/merge-preview?other=${ann.id}`,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ profileId: ann.id, mergedId: bob.id });
    expect(body.profile.computed).toMatchObject({ orders_count: 3, orders_total: 25 });
    expect([await stored(ann.id), await stored(bob.id)]).toEqual(before);
    expect(await profile(`user_id:${bob.userId}`)).toMatchObject({ id: bob.id });
  });

  it('comes back byte for byte while nothing has happened since', async () => {
    const [ann, bob, cleo] = [await person(), await person(), await person()];
    const before = await Promise.all([ann, bob, cleo].map(({ id }) => stored(id)));
    expect((await merge(bob.id, ann.id)).body).toEqual({ profileId: ann.id, mergedId: bob.id });
    expect(await profile(bob.id)).toMatchObject({ id: ann.id, mergedIds: [bob.id] });
    expect((await merge(cleo.id, bob.id)).body).toEqual({ profileId: ann.id, mergedId: cleo.id });
    expect((await profile(ann.id)).computed).toMatchObject({ orders_count: 4, orders_total: 35 });

    const parted = await split(bob.id, `user_id:${cleo.userId}`, `email:${cleo.userId}@x.org`);
    expect(parted.body).toEqual({ profileId: ann.id, otherId: cleo.id });
    expect((await split(ann.id, `user_id:${bob.userId}`, `email:${bob.userId}@x.org`)).body).toEqual({
      profileId: ann.id,
      otherId: bob.id,
    });
    expect(await Promise.all([ann, bob, cleo].map(({ id }) => stored(id)))).toEqual(before);
    for (const one of [ann, bob, cleo]) {
      expect(await profile(one.id)).toMatchObject({ id: one.id, mergedIds: [] });
      expect(await profile(`email:${one.userId}@x.org`)).toMatchObject({ id: one.id });
    }
  });

  it('gives each side what its own events make of it where something happened since', async () => {
    const [ann, bob] = [await person({ city: 'Bath' }), await person({ city: 'Oslo' })];
    await track(bob.userId, 'Email Unsubscribed');
    await merge(ann.id, bob.id);
    expect((await profile(ann.id)).consents).toMatchObject({ email: { status: 'denied' } });
    await track(ann.userId, 'Order Completed', { order_id: 'later-a', total: 100, currency: 'EUR' });
    await track(bob.userId, 'Order Completed', { order_id: 'later-b', total: 200, currency: 'EUR' });
    await track(bob.userId, 'Product Added', { product_id: 'lamp', price: 9 });
    expect((await profile(ann.id)).computed).toMatchObject({ orders_count: 5, orders_total: 325 });

    const { body } = await split(ann.id, `user_id:${bob.userId}`, `email:${bob.userId}@x.org`);
    expect(body).toEqual({ profileId: ann.id, otherId: bob.id });
    const [left, right] = [await profile(ann.id), await profile(bob.id)];
    expect(left).toMatchObject({ id: ann.id, mergedIds: [], traits: { city: 'Bath', name: ann.userId } });
    expect(left.consents).toEqual({});
    expect(left.computed).toMatchObject({ orders_count: 3, orders_total: 115, cart_items: 0 });
    expect(right).toMatchObject({ id: bob.id, mergedIds: [], traits: { city: 'Oslo', name: bob.userId } });
    expect(right.consents).toMatchObject({ email: { status: 'denied' } });
    expect(right.computed).toMatchObject({ orders_count: 3, orders_total: 215, cart_items: 1 });
    expect(await timeline(ann.id)).toEqual(
      [
        'Order Completed',
        'Order Completed',
        'Order Completed',
        'Product Added',
        'event',
        'merge',
        'split',
      ].sort(),
    );
    expect(await timeline(bob.id)).toEqual(expect.arrayContaining(['Email Unsubscribed', 'split']));

    await track(bob.userId, 'Order Completed', { order_id: 'after', total: 1, currency: 'EUR' });
    expect((await profile(bob.id)).computed).toMatchObject({ orders_count: 4, orders_total: 216 });
    expect(await profile(ann.id)).toEqual(left);
  });

  it('asks a person about events that name both sides', async () => {
    const [ann, bob] = [await person(), await person()];
    await merge(ann.id, bob.id);
    const both = { userId: ann.userId, event: 'Product Viewed' };
    await visibly(core.call, '/v1/track', {
      ...both,
      context: { traits: { email: `${bob.userId}@x.org` } },
    });
    await split(ann.id, `user_id:${bob.userId}`, `email:${bob.userId}@x.org`);
    expect(await timeline(ann.id)).toContain('Product Viewed');
    const { body } = await core.call<{ items: { kind: string; a: string; b: string }[] }>(
      'GET /v1/match-reviews?limit=200',
    );
    expect(body.items).toContainEqual(
      expect.objectContaining({
        kind: 'ambiguous',
        a: `email:${bob.userId}@x.org`,
        b: `user_id:${ann.userId}`,
      }),
    );
  });

  it('leaves nothing when it is cut off', async () => {
    const [ann, bob] = [await person(), await person()];
    const before = [await stored(ann.id), await stored(bob.id)];
    const tables = async () => {
      const rows = await core.database.query<{ held: string }>(
        `SELECT (SELECT count(*) FROM profile_alias) || ' ' || (SELECT count(*) FROM profile_merge) || ' '
           || (SELECT count(*) FROM identity_verdict) || ' ' || (SELECT count(*) FROM profile_before_merge) AS held`,
      );
      return rows[0]?.held;
    };
    const held = await tables();
    await core.database.query(
      `CREATE FUNCTION cut_off() RETURNS trigger LANGUAGE plpgsql AS
       'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'`,
    );
    await core.database.query(
      `CREATE TRIGGER cut_off BEFORE INSERT ON profile_before_merge EXECUTE FUNCTION cut_off()`,
    );
    expect((await merge(ann.id, bob.id)).status).toBeGreaterThanOrEqual(500);
    await core.database.query('DROP TRIGGER cut_off ON profile_before_merge');
    await core.database.query('DROP FUNCTION cut_off');
    expect([await stored(ann.id), await stored(bob.id)]).toEqual(before);
    expect(await tables()).toBe(held);
    expect((await merge(ann.id, bob.id)).body).toEqual({ profileId: ann.id, mergedId: bob.id });
  });

  it('is for ever: what a person parted no event joins again, until a person says otherwise', async () => {
    const ann = await person();
    await visibly(core.call, '/v1/identify', { userId: ann.userId, traits: { phone: '+14155552671' } });
    const { body } = await split(ann.id, `email:${ann.userId}@x.org`);
    expect(body.profileId).toBe(ann.id);
    expect(body.otherId).not.toBe(ann.id);
    await visibly(core.call, '/v1/identify', {
      userId: ann.userId,
      traits: { email: `${ann.userId}@x.org`, phone: '+14155552671' },
    });
    expect((await profile(ann.id)).identifiers.map(({ namespace }) => namespace)).toEqual([
      'phone',
      'user_id',
    ]);
    expect((await merge(body.otherId, ann.id)).body.profileId).toBe(ann.id);
    expect(await profile(`email:${ann.userId}@x.org`)).toMatchObject({ id: ann.id });
  });

  it('is done once, whoever asks and how often', async () => {
    const [ann, bob, cleo] = [await person(), await person(), await person()];
    const pairs = Array.from({ length: 21 }, (_, turn) => [
      [ann, bob, cleo][turn % 3]!.id,
      [bob, cleo, ann][turn % 3]!.id,
    ]);
    const events = Array.from({ length: 20 }, (_, turn) =>
      core.call('/v1/track', {
        body: { userId: [ann, bob, cleo][turn % 3]!.userId, event: 'Product Viewed' },
      }),
    );
    const answers = await Promise.all(pairs.map(([one, other]) => merge(one!, other!)));
    await Promise.all(events);
    expect(answers.map(({ status }) => status)).toEqual(pairs.map(() => 200));
    expect(answers.filter(({ body }) => body.mergedId !== null)).toHaveLength(2);
    await track(ann.userId, 'Product Viewed');
    for (const { id } of [ann, bob, cleo])
      expect(await profile(id)).toMatchObject({ id: ann.id, computed: { orders_count: 4 } });
    const [row] = await core.database.query<{ viewed: number }>(
      `SELECT (record->'events'->'Product Viewed'->>'count')::int AS viewed FROM profile WHERE id = $1`,
      [ann.id],
    );
    expect(row?.viewed).toBe(21);
  });

  it('refuses what makes no sense', async () => {
    const ann = await person();
    const nobody = '00000000-0000-7000-8000-000000000000';
    expect((await merge(ann.id, nobody)).status).toBe(404);
    expect((await merge('nonsense', ann.id)).status).toBe(400);
    expect((await split(ann.id, 'email:stranger@x.org')).status).toBe(422);
    expect((await split(ann.id, `user_id:${ann.userId}`, `email:${ann.userId}@x.org`)).status).toBe(422);
    expect((await core.call(`GET /v1/profiles/${ann.id}/merge-preview?other=${ann.id}`)).status).toBe(422);
    expect((await merge(ann.id, ann.id)).body).toEqual({ profileId: ann.id, mergedId: null });
  });
});
