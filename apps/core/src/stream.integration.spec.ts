import { SessionOffers } from '@repartee/engagement';
import { openShop } from './testing/ann.js';
import { EventSourceUnderTest } from './testing/event-source.js';
import { createPlace, type CoreUnderTest, type Place, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';
import { visit } from './testing/visitor.js';

let place: Place;
let core: CoreUnderTest;
const sources: EventSourceUnderTest[] = [];

beforeAll(async () => {
  place = await createPlace();
  core = await startCore({ place });
  await openShop(core);
});
afterEach(() => sources.splice(0).forEach((source) => source.close()));
afterAll(async () => {
  await core.stop();
  await place.remove();
});

async function open(query: string, headers: Record<string, string> = {}, at = core) {
  const source = await EventSourceUnderTest.open(`${at.url}/v1/stream${query}`, headers);
  sources.push(source);
  return source;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function ticket(key: 'server' | { bearer: string } = 'server'): Promise<string> {
  return (await core.call<{ ticket: string }>('/v1/stream/tickets', { key })).body.ticket;
}

async function person(anonymousId: string, userId?: string) {
  const known = await visibly(core.call, '/v1/track', { anonymousId, event: 'Looked Around' });
  const visitor = await visit(core, { anonymousId, userId });
  return { ...visitor, profileId: visitor.profileId ?? known.profileId };
}

const push = (profileId: string, body: object, at = core) =>
  at.app.get(SessionOffers, { strict: false }).push(profileId, { zone: 'home.hero', ...body }, null);

async function problem(query: string, headers: Record<string, string> = {}): Promise<[number, string]> {
  const source = await open(query, headers);
  return [source.status, await source.code()];
}

describe('topics', () => {
  it('show what happens, to who may know', async () => {
    const source = await open('?topics=events,decisions', bearer(core.keys.server));
    expect(source.header('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(source.retry).toBeGreaterThan(0);
    const ann = await person('ann-of-topics');
    await ann.decide();
    const event = await source.next('events', ({ name }) => name === 'Looked Around');
    expect(event.data).toMatchObject({ source: expect.any(String), type: 'track' });
    expect(event.data).not.toHaveProperty('payload');
    await source.next('decisions', ({ profileId }) => profileId === ann.profileId);
  });

  it('go on behind Last-Event-ID, in the header and in the query', async () => {
    const first = await open('?topics=events', bearer(core.keys.server));
    await person('bob-before');
    const { id = '' } = await first.next('events', ({ name }) => name === 'Looked Around');
    first.close();
    await visibly(core.call, '/v1/track', { anonymousId: 'bob-before', event: 'Missed' });
    for (const again of [
      await open('?topics=events', { ...bearer(core.keys.server), 'last-event-id': id }),
      await open(`?topics=events&lastEventId=${encodeURIComponent(id)}`, bearer(core.keys.server)),
    ]) {
      await again.next('events', ({ name }) => name === 'Missed');
    }
  });

  it('go on also where nothing was heard yet', async () => {
    const first = await open('?topics=events,notices', bearer(core.keys.server));
    const [{ id = '' } = {}] = first.named('hello');
    first.close();
    await core.call('/v1/desk/notices', { key: 'admin', body: { words: 'The lift is stuck' } });
    const headers = { ...bearer(core.keys.server), 'last-event-id': id };
    const again = await open('?topics=events,notices', headers);
    await again.next('notices', ({ words }) => words === 'The lift is stuck');
  });

  it('are named, known and allowed', async () => {
    const server = bearer(core.keys.server);
    expect(await problem('', server)).toEqual([400, 'STREAM.UNKNOWN_TOPIC']);
    expect(await problem('?topics=secrets', server)).toEqual([400, 'STREAM.UNKNOWN_TOPIC']);
    expect(await problem('?topics=offers', server)).toEqual([400, 'STREAM.UNKNOWN_TOPIC']);
    const { body } = await core.call<{ key: string }>('/v1/keys', {
      key: 'admin',
      body: { kind: 'server', name: 'narrow', source: 'shop', scopes: ['stream:read', 'decisions:read'] },
    });
    expect(await problem('?topics=events', bearer(body.key))).toEqual([403, 'STREAM.TOPIC_NOT_ALLOWED']);
    expect((await open('?topics=decisions', bearer(body.key))).status).toBe(200);
  });

  it.each(['x'.repeat(400), 'events@1', 'offers@../../etc', '%00'])(
    'refuse a position that is none: %s',
    async (id) => {
      const [status] = await problem(`?topics=events&lastEventId=${id}`, bearer(core.keys.server));
      expect(status).toBe(400);
      const header = await problem('?topics=events', {
        ...bearer(core.keys.server),
        'last-event-id': `${id}${id}`,
      });
      expect(header).toEqual([400, 'STREAM.INVALID_POSITION']);
    },
  );
});

describe('a ticket', () => {
  it('opens one stream, on whatever process', async () => {
    const other = await startCore({ place });
    try {
      const given = await ticket();
      expect((await open(`?topics=events&ticket=${given}`, {}, other)).status).toBe(200);
      expect(await problem(`?topics=events&ticket=${given}`)).toEqual([401, 'STREAM.INVALID_TICKET']);
    } finally {
      sources.splice(0).forEach((source) => source.close());
      await other.stop();
    }
  });

  it('is won by one of many who try at once', async () => {
    const given = await ticket();
    const tries = await Promise.all(Array.from({ length: 8 }, () => open(`?topics=events&ticket=${given}`)));
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it.each(['', 'x', 'a'.repeat(5000)])('is ours or none: %#', async (given) => {
    const [status] = await problem(`?topics=events&ticket=${given}`);
    expect(status).toBe(401);
  });

  it('is not given to a public key', async () => {
    expect((await core.call('/v1/stream/tickets', { key: { bearer: core.keys.write } })).status).toBe(403);
  });
});

describe('a session', () => {
  it('hears what is pushed to its own visitor, and nothing else', async () => {
    const ann = await person('ann-of-sessions');
    const bob = await person('bob-of-sessions');
    const hers = await open(`?ticket=${await ticket(ann.session)}`);
    const his = await open('', bearer(bob.session.bearer));
    await push(ann.profileId ?? '', { for: 'ann' });
    await push(bob.profileId ?? '', { for: 'bob' });
    expect((await hers.next('offer')).data).toMatchObject({ zone: 'home.hero', for: 'ann' });
    expect((await his.next('offer')).data).toMatchObject({ for: 'bob' });
    expect([hers.named('offer').length, his.named('offer').length]).toEqual([1, 1]);
    expect(await problem('?topics=events', bearer(ann.session.bearer))).toEqual([
      403,
      'STREAM.TOPIC_NOT_ALLOWED',
    ]);
  });

  it('of a device whose person signed in elsewhere does not hear what is theirs', async () => {
    const claimed = await person('laptop-of-eve', 'eve');
    const unproved = await visit(core, { anonymousId: 'laptop-of-eve' });
    const stranger = await open('', bearer(unproved.session.bearer));
    const proved = await open('', bearer(claimed.session.bearer));
    await push(claimed.profileId ?? '', { for: 'eve' });
    await proved.next('offer');
    expect(stranger.named('offer')).toEqual([]);
  });

  it('hears what another process pushed, and what came while it was away', async () => {
    const ann = await person('ann-of-two-processes');
    const other = await startCore({ place });
    try {
      const first = await open('', bearer(ann.session.bearer));
      await push(ann.profileId ?? '', { number: 1 }, other);
      const { id = '' } = await first.next('offer');
      first.close();
      await push(ann.profileId ?? '', { number: 2 }, other);
      const again = await open(`?lastEventId=${id}`, bearer(ann.session.bearer));
      expect((await again.next('offer')).data).toMatchObject({ number: 2 });
      expect(again.named('offer')).toHaveLength(1);
    } finally {
      await other.stop();
    }
  });

  it('has room for so many streams', async () => {
    const ann = await person('ann-of-many-streams');
    const opened = [];
    for (let n = 0; n < 10; n++) opened.push(await open('', bearer(ann.session.bearer)));
    const statuses = opened.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(8);
    const refused = opened[9];
    expect([refused?.status, refused?.header('retry-after')]).toEqual([429, '5']);
  });
});

it('a stream is no request under way, and ends with its process', async () => {
  const other = await startCore({ place });
  const source = await open('?topics=events', bearer(core.keys.server), other);
  const metrics = await (await fetch(`${other.url}/metrics`)).text();
  expect(metrics).toMatch(/repartee_http_requests_in_flight 1\b/);
  await other.stop();
  await until('the end', async () => source.ended);
  expect(source.events.at(-1)?.event).toBe('bye');
});
