import type { ProfileDocument } from '@repartee/profile/domain';
import type { Call } from './testing/call.js';
import { type CoreProcess, freePort, startCoreProcess } from './testing/core-process.js';
import { type CoreUnderTest, createPlace, type Place, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

jest.setTimeout(90_000);

const PEOPLE = 12;
const WORKERS = 20;
const START = Date.UTC(2026, 0, 5);
const userOf = (one: number) => `user-${one}`;
/** Pairs that people at the desk say are one: chains of three, and pairs. */
const ONE = [
  [0, 1],
  [1, 2],
  [3, 4],
  [5, 4],
  [6, 7],
  [8, 9],
] as const;
/** Who is parted again, from whom. */
const TWO = [
  [7, 6],
  [9, 8],
] as const;

type Event = Record<string, unknown>;

/** Numbers that look drawn, and are the same each time (Park and Miller 1988). */
function drawn(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Sign-ins on shared devices, orders, addresses: what belongs to whom is told by times, never by arrival. */
function happenings(from: number, count: number): Event[] {
  const random = drawn(from + 17);
  return Array.from({ length: count }, (_, index) => {
    const at = from + index;
    const one = Math.floor(random() * PEOPLE);
    const device = `device-${Math.floor(random() * PEOPLE)}`;
    const base = { messageId: `m${at}`, timestamp: new Date(START + at * 60_000).toISOString() };
    const order = { order_id: `o${at % 40}`, total: 1 + (at % 40), currency: 'EUR' };
    const kinds: Event[] = [
      { type: 'track', userId: userOf(one), event: 'Order Completed', properties: order },
      { type: 'identify', userId: userOf(one), anonymousId: device, traits: { city: `city ${at}` } },
      { type: 'track', anonymousId: device, event: 'Product Viewed', properties: { product_id: `p${at}` } },
      { type: 'identify', userId: userOf(one), traits: { email: `${userOf(one)}@example.org` } },
      {
        type: 'track',
        userId: userOf(one),
        anonymousId: device,
        event: 'Product Added',
        properties: { sku: `s${at}` },
      },
    ];
    return { ...base, ...kinds[Math.floor(random() * kinds.length)] };
  });
}

/** Orders of those who are parted meanwhile: they follow who ordered. */
function orders(from: number, count: number): Event[] {
  return Array.from({ length: count }, (_, index) => {
    const at = from + index;
    const properties = { order_id: `o${at}`, total: at % 40, currency: 'EUR' };
    const timestamp = new Date(START + at * 60_000).toISOString();
    const userId = userOf(6 + (index % 4));
    return { type: 'track', userId, event: 'Order Completed', messageId: `m${at}`, timestamp, properties };
  });
}

/** What came of it all: who is one, with what they have and did. */
async function outcome(call: Call, database: CoreUnderTest['database']) {
  const people = [];
  for (let one = 0; one < PEOPLE; one += 1) {
    const { body } = await call<ProfileDocument>(`GET /v1/profiles/user_id:${userOf(one)}`);
    const [row] = await database.query<{ events: object }>(
      `SELECT record -> 'events' AS events FROM profile WHERE id = $1`,
      [body.id],
    );
    people.push({
      user: userOf(one),
      identifiers: body.identifiers.map((held) => JSON.stringify(held)).sort(),
      traits: body.traits,
      computed: body.computed,
      events: row?.events,
    });
  }
  const [counted] = await database.query<{ profiles: number; views: string }>(
    `SELECT count(*)::int AS profiles, sum((record -> 'events' -> 'Product Viewed' ->> 'count')::int)::text AS views
     FROM profile WHERE merged_into IS NULL`,
  );
  return { people, counted };
}

describe('twenty workers on two processes', () => {
  let place: Place;
  let cores: CoreProcess[];
  let control: CoreUnderTest;
  const statuses: number[] = [];
  const ids = async (call: Call) =>
    Promise.all(
      Array.from({ length: PEOPLE }, async (_, one) => {
        const { body } = await call<ProfileDocument>(`GET /v1/profiles/user_id:${userOf(one)}`);
        return body.id;
      }),
    );
  const meet = (call: Call) =>
    visibly(call, '/v1/batch', {
      batch: Array.from({ length: PEOPLE }, (_, one) => ({
        type: 'identify',
        userId: userOf(one),
        traits: { email: `${userOf(one)}@example.org` },
        messageId: `meet-${one}`,
        timestamp: new Date(START - 60_000).toISOString(),
      })),
    });
  const merge = (call: Call, one: string, other: string) =>
    call<{ mergedId: string | null }>(`/v1/profiles/${one}/merge`, { body: { other, reason: 'one' } });
  const split = (call: Call, id: string, one: number) => {
    const identifiers = [`user_id:${userOf(one)}`, `email:${userOf(one)}@example.org`];
    return call(`/v1/profiles/${id}/split`, { body: { identifiers, reason: 'two people' } });
  };
  /** Every worker takes the next thing to do, at whichever process is its own. */
  const work = async (jobs: ((call: Call) => Promise<unknown>)[]) => {
    const waiting = [...jobs];
    await Promise.all(
      Array.from({ length: WORKERS }, async (_, worker) => {
        const { call } = cores[worker % 2] as CoreProcess;
        for (let job = waiting.shift(); job; job = waiting.shift()) await job(call);
      }),
    );
    await settled(place.database.database);
  };
  const settled = (database: CoreUnderTest['database']) =>
    until('all to be processed', async () => {
      const [row] = await database.query<{ waiting: number }>(
        'SELECT (SELECT count(*) FROM event_pending)::int + (SELECT count(*) FROM event_inbox)::int AS waiting',
      );
      return row?.waiting === 0;
    });
  const shuffled = <T>(items: T[], seed: number): T[] => {
    const random = drawn(seed);
    return items
      .map((item) => ({ item, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item);
  };
  const sending = (events: Event[]) =>
    events.map((event) => async (call: Call) => {
      statuses.push((await call('/v1/batch', { body: { batch: [event] } })).status);
    });

  beforeAll(async () => {
    place = await createPlace();
    const environment = { DATA_DIR: place.dataDir, DATABASE_URL: place.database.url };
    const first = await startCoreProcess({ ...environment, PORT: String(await freePort()) });
    cores = [first, await startCoreProcess({ ...environment, PORT: String(await freePort()) })];
    control = await startCore();
  });
  afterAll(async () => {
    await Promise.all(cores.map((core) => core.stop()));
    await Promise.all([control.stop(), place.remove()]);
  });

  it('make the same people as one that takes one thing after the other', async () => {
    const [early, late, last] = [happenings(0, 160), happenings(160, 80), orders(300, 40)];
    const { call } = cores[0] as CoreProcess;
    await meet(call);
    const own = await ids(call);
    const merged: (string | null)[] = [];
    const asked = ONE.flatMap((pair) => [pair, pair, pair, pair]).map(
      ([one, other], turn) =>
        async (at: Call) => {
          const [a, b] = turn % 2 ? [own[one], own[other]] : [own[other], own[one]];
          const answer = await merge(at, a as string, b as string);
          statuses.push(answer.status);
          merged.push(answer.body.mergedId);
        },
    );
    await work(shuffled([...sending(early), ...asked], 3));
    const parting = TWO.map(([one, from]) => async (at: Call) => {
      statuses.push((await split(at, own[from] as string, one)).status);
    });
    await work(shuffled(sending(late), 4));
    await work(shuffled([...sending(last), ...parting], 5));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(merged.filter((id) => id !== null)).toHaveLength(ONE.length);

    await meet(control.call);
    const theirs = await ids(control.call);
    const tell = async (events: Event[]) => {
      for (const event of events) await control.call('/v1/batch', { body: { batch: [event] } });
      await settled(control.database);
    };
    await tell(early);
    for (const [one, other] of ONE) await merge(control.call, theirs[one] as string, theirs[other] as string);
    await tell(late);
    for (const [one, from] of TWO) await split(control.call, theirs[from] as string, one);
    await tell(last);
    expect(await outcome(call, place.database.database)).toEqual(
      await outcome(control.call, control.database),
    );
  });
});
