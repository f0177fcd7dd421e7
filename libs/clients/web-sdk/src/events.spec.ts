import { eventSchema } from '@repartee/contracts';
import { createRepartee } from './create-repartee.js';
import type { Repartee } from './repartee.js';
import { memoryStorage } from './surroundings.js';
import { FakeHub } from './testing/fake-hub.js';
import { FakeSurroundings } from './testing/fake-surroundings.js';

describe('events', () => {
  let hub: FakeHub;
  let surroundings: FakeSurroundings;
  let errors: Error[];
  const clients: Repartee[] = [];

  const connect = (): Repartee => {
    const client = createRepartee(
      { host: `${hub.url}/`, writeKey: 'wk', onError: (error) => errors.push(error) },
      surroundings,
    );
    clients.push(client);
    return client;
  };

  beforeEach(async () => {
    hub = await FakeHub.start();
    surroundings = new FakeSurroundings();
    errors = [];
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.stop();
    await hub.stop();
  });

  it('sends Segment-shaped events in one batch with the public key', async () => {
    const client = connect();
    client.page('Home');
    client.track('Product Viewed', { product_id: 'p1' });
    client.identify('u1', { name: 'Ann' });
    client.track('Product Added');
    await client.flush();

    const [request] = hub.to('/v1/batch');
    expect(hub.to('/v1/batch')).toHaveLength(1);
    expect(request?.headers.authorization).toBe(`Basic ${Buffer.from('wk:').toString('base64')}`);
    expect(request?.headers['prefer']).toBeUndefined();
    expect(request?.body['sentAt']).toBe(new Date(surroundings.clock).toISOString());
    const events = hub.events();
    for (const event of events) expect(eventSchema.safeParse(event).error).toBeUndefined();
    expect(events.map(({ type, userId }) => [type, userId])).toEqual([
      ['page', undefined],
      ['track', undefined],
      ['identify', 'u1'],
      ['track', 'u1'],
    ]);
    expect(events[1]).toMatchObject({
      event: 'Product Viewed',
      properties: { product_id: 'p1' },
      anonymousId: client.anonymousId,
      context: { locale: 'en-GB', library: { name: '@repartee/web' } },
    });
  });

  it('sends by itself after a moment', async () => {
    connect().track('One');
    await until(() => hub.events().length === 1);
  });

  it('tries again after a failure, with the same messageId, and keeps the order', async () => {
    hub.plan(
      '/v1/batch',
      { hangUp: true },
      { status: 503 },
      { status: 429, headers: { 'retry-after': '0' } },
    );
    const client = connect();
    client.track('One');
    client.track('Two');
    await client.flush();
    await until(() => hub.to('/v1/batch').length === 4);

    const ids = hub
      .to('/v1/batch')
      .map(({ body }) => (body['batch'] as { messageId: string }[])[0]?.messageId);
    expect(new Set(ids).size).toBe(1);
    // A connection may drop once more than planned while the hub is down; the batch outlives that too.
    expect(errors[0]).toMatchObject({ status: 0 });
    expect(errors.slice(-2)).toMatchObject([{ status: 503 }, { status: 429 }]);
    await client.flush();
    expect(hub.to('/v1/batch')).toHaveLength(4);
  });

  it('gives up a batch that the hub refuses and goes on with the next', async () => {
    hub.plan('/v1/batch', { status: 400, body: { code: 'HTTP.MALFORMED', detail: 'No' } });
    const client = connect();
    client.track('Bad');
    await client.flush();
    client.track('Good');
    await client.flush();
    expect(hub.events().map(({ event }) => event)).toEqual(['Bad', 'Good']);
    expect(errors).toMatchObject([{ status: 400, code: 'HTTP.MALFORMED', message: 'No' }]);
  });

  it('keeps unsent events for the next page', async () => {
    hub.plan('/v1/batch', { status: 500 });
    const first = connect();
    first.track('Kept');
    await first.flush();
    first.stop();

    const second = connect();
    expect(second.anonymousId).toBe(first.anonymousId);
    second.track('New');
    await second.flush();
    expect(hub.events().map(({ event }) => event)).toEqual(['Kept', 'Kept', 'New']);
    expect(hub.events()[1]?.['messageId']).toBe(hub.events()[0]?.['messageId']);
    expect(surroundings.storage().length).toBe(1);
  });

  it('hands waiting events to a beacon when the page is left', () => {
    const client = connect();
    client.track('Last');
    surroundings.leavePage();
    expect(surroundings.beacons).toHaveLength(1);
    expect(surroundings.beacons[0]?.address).toBe(`${hub.url}/v1/batch`);
    expect(JSON.parse(surroundings.beacons[0]?.body ?? '')).toMatchObject({
      writeKey: 'wk',
      sentAt: expect.any(String),
      batch: [{ event: 'Last' }],
    });
  });

  it('splits what is too much for one beacon or one batch', async () => {
    const client = connect();
    for (let count = 0; count < 15; count++) client.track('Big', { text: 'x'.repeat(30_000) });
    surroundings.leavePage();
    expect(surroundings.beacons).toHaveLength(8);
    await client.flush();
    expect(hub.to('/v1/batch')).toHaveLength(2);
    expect(hub.events()).toHaveLength(15);
  });

  it('reports an event over 32 KB and sends the others', async () => {
    const client = connect();
    client.track('Huge', { text: 'x'.repeat(33_000) });
    client.track('Small');
    await client.flush();
    expect(hub.events().map(({ event }) => event)).toEqual(['Small']);
    expect(errors).toMatchObject([{ status: 413 }]);
  });

  it('starts over as a new visitor after reset', async () => {
    const client = connect();
    const before = client.anonymousId;
    client.identify('u1');
    client.reset();
    expect(client.userId).toBeUndefined();
    expect(client.anonymousId).not.toBe(before);
    expect(connect().anonymousId).toBe(client.anonymousId);
  });

  it('works where storage is full', async () => {
    const full = {
      ...memoryStorage(),
      length: 0,
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    surroundings = new FakeSurroundings(full);
    const client = connect();
    client.track('One');
    await client.flush();
    expect(hub.events()).toHaveLength(1);
  });
});

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 8000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('It did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
