import type { DecisionResponse } from '@repartee/contracts';
import { ManualClock } from '@repartee/platform/testing';
import type { ProfileDocument } from '@repartee/profile/domain';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';
import { visit, type Visitor } from './testing/visitor.js';

jest.setTimeout(60_000);

const HOUR = 3_600_000;
const SHOP = {
  version: 1,
  zones: [{ key: 'home.hero', channel: 'web', fallback: { headline: 'Welcome' } }],
  offers: [{ key: 'tea', name: 'Tea', value: 5 }],
  treatments: [
    { key: 'tea.hero', offer: 'tea', channel: 'web', zones: ['home.hero'], content: { headline: 'Tea' } },
  ],
  traits: [
    { key: 'size', survivorship: 'most_frequent' },
    { key: 'city', survivorship: 'most_trusted' },
    { key: 'name', survivorship: 'longest' },
  ],
  computedTraits: [
    { key: 'spent', from: { event: 'Order Completed' }, op: 'sum', of: 'properties.total', currency: 'EUR' },
    { key: 'spent_3d', from: { event: 'Order Completed' }, op: 'sum', of: 'properties.total', window: '3d' },
    { key: 'seen', from: { event: 'Product Viewed' }, op: 'list', of: 'properties.category' },
    { key: 'value', from: { event: 'Order Completed' }, op: 'rfm', of: 'properties.total' },
    { key: 'first_seen_page', from: { event: 'page' }, op: 'first', of: 'properties.path' },
  ],
  texts: [{ key: 'reviews', event: 'Review Written', path: 'properties.body', kind: 'review' }],
};

/** One person of a pair. The pair that is merged and split and the pair that never was do and suffer the same. */
interface Person {
  userId: string;
  profileId: string;
  device: Visitor;
}

describe('a split after which much had happened', () => {
  const clock = new ManualClock();
  let core: CoreUnderTest;
  let crm: { bearer: string };
  /** What stands for an id that is made anew each time: told apart by the pair's name alone, which is cut off. */
  const names = new Map<string, string>();
  let pairs: { merged: Person[]; apart: Person[] };

  const send = (batch: object[], key?: { bearer: string }) =>
    visibly(core.call, '/v1/batch', { batch }, key && { key });
  /** Some hours of one person: several sources, orders, a cart, consents, texts. */
  const hours = async ({ userId }: { userId: string }, round: string) => {
    const at = new Date(clock.now()).toISOString();
    const call = (what: string, rest: object) => ({
      ...rest,
      userId,
      timestamp: at,
      messageId: `${userId} ${round} ${what}`,
    });
    const track = (event: string, properties: object, what = event) =>
      call(what, { type: 'track', event, properties });
    const who = userId.split('-')[0] ?? '';
    await send([
      call('identify', { type: 'identify', traits: { name: `${who} of ${round}`, city: who, size: 'M' } }),
      call('identify again', { type: 'identify', traits: { size: round === 'before' ? 'M' : `${who}-L` } }),
      call('page', { type: 'page', properties: { path: `/${who}/${round}` } }),
      track('Product Viewed', { product_id: `${who}1`, category: `${who} ${round}` }),
      track('Product Added', { product_id: `${who} ${round}`, price: 4, quantity: 2 }),
      track('Order Completed', { order_id: `${who} ${round}`, total: 10, currency: 'EUR' }),
      track('Order Completed', { order_id: 'both', total: 5, currency: 'EUR' }, 'both'),
      track('Order Refunded', { order_id: `${who} ${round}`, total: 3, currency: 'EUR' }),
      track('Product Added', { product_id: `${who} ${round} later`, price: 3 }, 'added later'),
      track('Review Written', { body: `The tea of ${who} ${round} is fine, order #${who}-${round}-77` }),
      call('prefer', {
        type: 'track',
        event: 'Segment Consent Preference Updated',
        context: {
          consent: { categoryPreferences: { analytics: who === 'ann', profiling: round === 'before' } },
        },
      }),
    ]);
    await send(
      [
        call('crm', { type: 'identify', traits: { city: `${who} by crm ${round}`, name: who } }),
        track('Email Unsubscribed', {}, 'unsubscribed'),
      ],
      crm,
    );
    clock.advance(HOUR);
  };
  /** Is offered something on her own device, and says yes; a server asks for her as well. */
  const answers = async (person: Person, round: string) => {
    const respond = async (decision: DecisionResponse, type: string) => {
      names.set(decision.dialogueId, 'a dialogue');
      names.set(decision.decisionId, 'a decision');
      const responseId = `${person.userId} ${round} ${type}`;
      const token = decision.zones[0]?.offers[0]?.token;
      await visibly(core.call, '/v1/responses', { responseId, token, type });
    };
    await respond(await person.device.decide(), 'impression');
    const { body } = await core.call<DecisionResponse>('/v1/decisions', {
      body: {
        identifiers: { userId: person.userId, anonymousId: person.device.anonymousId },
        channel: 'web',
        zones: [{ zone: 'home.hero' }],
      },
    });
    await respond(body, 'click');
    clock.advance(HOUR);
  };
  /** What people at the desk say of a person, by the id of her profile. */
  const desk = async ({ profileId, userId }: Person, round: string) => {
    const put = await core.call(`PUT /v1/profiles/${profileId}/consents`, {
      body: {
        consents: [{ channel: 'sms', status: 'granted' }],
        preferences: { topics: [`${userId.split('-')[0]} ${round}`] },
      },
      headers: { 'if-match': '*' },
    });
    expect(put.status).toBe(200);
    const edit = { traits: { nickname: `${userId.split('-')[0]} ${round}` } };
    await core.call(`PATCH /v1/profiles/${profileId}`, { body: edit, headers: { 'if-match': '*' } });
    await core.call(`/v1/profiles/${profileId}/notes`, { body: { text: `Called ${round}, likes oolong.` } });
    clock.advance(HOUR);
  };
  const pair = async (name: string): Promise<Person[]> => {
    const people: Person[] = [];
    for (const who of ['ann', 'bob']) {
      const userId = `${who}-${name}`;
      await hours({ userId }, 'before');
      const device = await visit(core, { anonymousId: `${userId}-device`, userId, now: clock.now() });
      await visibly(core.call, '/v1/identify', {
        userId,
        anonymousId: device.anonymousId,
        messageId: `${userId} signs in`,
      });
      const { id } = (await core.call<ProfileDocument>(`GET /v1/profiles/user_id:${userId}`)).body;
      names.set(id, `the profile of ${who}`);
      const person = { userId, profileId: id, device };
      await answers(person, 'before');
      await desk(person, 'before');
      people.push(person);
    }
    return people;
  };

  /** With what differs from pair to pair taken out: names of the pair, ids made anew. */
  const plain = async (held: unknown) => {
    const events = await core.database.query<{ id: string; message_id: string }>(
      'SELECT id, message_id FROM event_log',
    );
    const known = new Map([...names, ...events.map(({ id, message_id }) => [id, message_id] as const)]);
    const text = JSON.stringify(held)
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => known.get(id) ?? 'an id')
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'an id');
    return JSON.parse(text.replaceAll(/-(merged|apart)/g, '')) as unknown;
  };
  const stored = async ({ profileId }: Person) => {
    const [row] = await core.database.query<{ record: object; orders: unknown }>(
      `SELECT record, (SELECT json_agg(to_json(o) ORDER BY order_id) FROM profile_order o WHERE o.profile_id = p.id) AS orders
       FROM profile p WHERE id = $1`,
      [profileId],
    );
    return plain({ ...row, record: { ...row?.record, version: 0 } });
  };

  beforeAll(async () => {
    core = await startCore({ clock });
    const made = await core.call<{ key: string }>('/v1/keys', {
      key: 'admin',
      body: { kind: 'server', name: 'crm', source: 'crm', scopes: ['events:write'] },
    });
    crm = { bearer: made.body.key };
    await core.call('/v1/sources', { key: 'admin', body: { key: 'crm', name: 'CRM', trustRank: 90 } });
    await apply(core, SHOP);
    const start = clock.now();
    const merged = await pair('merged');
    const [ann, bob] = merged as [Person, Person];
    const { body } = await core.call(`/v1/profiles/${ann.profileId}/merge`, {
      body: { other: bob.profileId, reason: 'alike' },
    });
    expect(body).toMatchObject({ profileId: ann.profileId });
    const after = async (people: Person[]) => {
      for (const person of people) {
        await hours(person, 'after');
        await answers(person, 'after');
      }
      // What is said of the survivor is said of the survivor.
      await desk(people[0] as Person, 'after');
    };
    await after(merged);
    const leaving = ['user_id:bob-merged', 'anonymous_id:bob-merged-device'];
    const split = await core.call(`/v1/profiles/${ann.profileId}/split`, {
      body: { identifiers: leaving, reason: 'two people' },
    });
    expect(split.body).toEqual({ profileId: ann.profileId, otherId: bob.profileId });
    clock.set(start);
    const apart = await pair('apart');
    await after(apart);
    pairs = { merged, apart };
  });
  afterAll(() => core.stop());

  const both = (index: number) => [pairs.merged[index] as Person, pairs.apart[index] as Person] as const;

  it.each([
    ['the survivor', 0],
    ['who was merged away', 1],
  ])('leaves in the whole golden record of %s what a life apart would have', async (_who, index) => {
    const [merged, apart] = both(index);
    expect(await stored(merged)).toEqual(await stored(apart));
  });

  it.each([
    ['the survivor', 0],
    ['who was merged away', 1],
  ])('shows %s by every route as after a life apart', async (_who, index) => {
    const [merged, apart] = both(index);
    const shown = async ({ profileId }: Person) => {
      const { body } = await core.call<object>(`GET /v1/profiles/${profileId}`);
      return plain({ ...body, version: 0 });
    };
    expect(await shown(merged)).toEqual(await shown(apart));
    const lived = async ({ profileId }: Person, query = '') => {
      const { body } = await core.call<{ items: { kind: string }[] }>(
        `GET /v1/profiles/${profileId}/timeline?limit=200${query}`,
      );
      const items = body.items.filter(({ kind }) => kind !== 'merge' && kind !== 'split');
      return ((await plain(items)) as object[]).map((item) => JSON.stringify(item)).sort();
    };
    expect(await lived(merged)).toEqual(await lived(apart));
    expect(await lived(merged, '&q=tea')).toEqual(await lived(apart, '&q=tea'));
    expect(await lived(merged, '&q=oolong')).toEqual(await lived(apart, '&q=oolong'));
  });

  it('leaves the hints in what they wrote', async () => {
    const { body } = await core.call<{ items: { excerpt: string; profileId: string }[] }>(
      'GET /v1/entity-hints?state=open&limit=200',
    );
    const ofPair = async (people: Person[]) =>
      (
        (await plain(
          body.items.filter(({ profileId }) => people.some((person) => person.profileId === profileId)),
        )) as { excerpt: string; profileId: string }[]
      )
        .map(({ excerpt, profileId }) => `${profileId}: ${excerpt}`)
        .sort();
    const found = await until('the hints', async () => {
      const all = await ofPair(pairs.apart);
      return all.length > 0 && all;
    });
    expect(await ofPair(pairs.merged)).toEqual(found);
  });
});
