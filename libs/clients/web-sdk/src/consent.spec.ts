import { createRepartee } from './create-repartee.js';
import type { Repartee, ReparteeOptions } from './repartee.js';
import { memoryStorage } from './surroundings.js';
import { FakeHub } from './testing/fake-hub.js';
import { FakeSurroundings } from './testing/fake-surroundings.js';

describe('consent', () => {
  let hub: FakeHub;
  let storage: ReturnType<typeof memoryStorage>;
  let surroundings: FakeSurroundings;
  const clients: Repartee[] = [];

  beforeEach(async () => {
    hub = await FakeHub.start();
    storage = memoryStorage();
    surroundings = new FakeSurroundings(storage);
  });
  afterEach(async () => {
    clients.splice(0).forEach((client) => client.stop());
    await hub.stop();
  });

  function visit(options: Partial<ReparteeOptions> = {}): Repartee {
    const client = createRepartee(
      { host: hub.url, writeKey: 'wk', consent: { needs: 'analytics' }, ...options },
      surroundings,
    );
    clients.push(client);
    return client;
  }

  it('keeps everything from being sent, stored or read before it is given', async () => {
    storage.setItem = storage.getItem = () => {
      throw new Error('touched');
    };
    const client = visit({ live: true });
    client.track('Product Viewed');
    client.identify('ann');
    await client.flush();
    surroundings.leavePage();
    await expect(client.decide({ zones: ['a'] })).rejects.toMatchObject({ code: 'CONSENT.MISSING' });
    client.consent.update({ analytics: false, marketing: true });
    await client.flush();
    expect([hub.requests, surroundings.beacons, surroundings.sources]).toEqual([[], [], []]);
    expect(client.consent).toMatchObject({ given: false, categories: { analytics: false } });
  });

  it('sends what was gathered once it is given, as the visitor that storage knows', async () => {
    storage.setItem('repartee:wk:anonymousId', 'from-the-last-visit');
    const client = visit();
    client.track('Product Viewed');
    expect(client.anonymousId).not.toBe('from-the-last-visit');
    client.consent.update({ analytics: true, marketing: false });
    await client.flush();
    expect(client.anonymousId).toBe('from-the-last-visit');
    expect(hub.events()).toMatchObject([
      { event: 'Product Viewed', anonymousId: 'from-the-last-visit' },
      {
        event: 'Segment Consent Preference Updated',
        anonymousId: 'from-the-last-visit',
        context: { consent: { categoryPreferences: { analytics: true, marketing: false } } },
      },
    ]);
    client.track('Later');
    await client.flush();
    expect(hub.events().at(-1)).toMatchObject({
      context: { consent: { categoryPreferences: { analytics: true } } },
    });
  });

  it('asks zones again once it is given', async () => {
    const client = visit();
    const shown: unknown[] = [];
    client.bindZone({} as Element, 'home.hero', (zone) => shown.push(zone));
    await new Promise((resolve) => setImmediate(resolve));
    expect([shown, hub.to('/v1/decisions')]).toEqual([[null], []]);
    const asked = new Promise<void>((resolve) => {
      const decided = hub.requests.push.bind(hub.requests);
      hub.requests.push = (...seen) => {
        if (seen[0]?.path === '/v1/decisions') resolve();
        return decided(...seen);
      };
    });
    client.consent.update({ analytics: true });
    await asked;
  });

  it('that is taken back leaves nothing behind', async () => {
    const client = visit();
    client.consent.update({ analytics: true });
    client.identify('ann');
    const before = client.anonymousId;
    await client.flush();
    const sent = hub.requests.length;
    client.track('Not To Be Sent');
    client.consent.update({ analytics: false });
    await client.flush();
    surroundings.leavePage();
    expect([hub.requests.length, storage.length, client.userId]).toEqual([sent, 0, undefined]);
    expect(client.anonymousId).not.toBe(before);
    client.consent.update({ analytics: true });
    await client.flush();
    expect(hub.events().map(({ event }) => event)).not.toContain('Not To Be Sent');
  });

  it('is not asked for unless configured', async () => {
    const client = visit({ consent: undefined });
    client.track('Product Viewed');
    await client.flush();
    expect(hub.events()).toHaveLength(1);
    client.consent.update({ analytics: false });
    await client.flush();
    expect(hub.events()[1]).toMatchObject({ event: 'Segment Consent Preference Updated' });
  });
});
