import { decisionRequestSchema, responseSchema } from '@repartee/contracts';
import { createRepartee } from './create-repartee.js';
import type { DecidedZone, Repartee } from './repartee.js';
import { FakeHub } from './testing/fake-hub.js';
import { FakeSurroundings } from './testing/fake-surroundings.js';
import { anOffer } from './testing/offer.js';

const zoneAnswer = (token: string): { body: unknown } => ({
  body: {
    decisionId: 'd1',
    profileId: null,
    dialogueId: 'g1',
    zones: [{ zone: 'home.hero', fallback: null, offers: [anOffer(token)] }],
  },
});

describe('decisions and responses', () => {
  let hub: FakeHub;
  let surroundings: FakeSurroundings;
  let client: Repartee;
  let userToken: string | undefined;
  let errors: Error[];

  beforeEach(async () => {
    hub = await FakeHub.start();
    surroundings = new FakeSurroundings();
    userToken = undefined;
    errors = [];
    client = createRepartee(
      {
        host: hub.url,
        writeKey: 'wk',
        userToken: async () => userToken,
        onError: (error) => errors.push(error),
      },
      surroundings,
    );
  });
  afterEach(async () => {
    client.stop();
    await hub.stop();
  });

  it('opens one session for requests that come together', async () => {
    await Promise.all([client.decide({ zones: ['a'] }), client.decide({ zones: [{ zone: 'b', count: 2 }] })]);

    expect(hub.to('/v1/web/session').map(({ body }) => body)).toEqual([{ anonymousId: client.anonymousId }]);
    const decisions = hub.to('/v1/decisions');
    expect(decisions.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer session-1',
      'Bearer session-1',
    ]);
    const [first] = decisions;
    expect(decisionRequestSchema.parse(first?.body)).toMatchObject({
      identifiers: { anonymousId: client.anonymousId },
      channel: 'web',
      zones: [{ zone: 'a', count: 1 }],
      locale: 'en-GB',
      timeZone: 'Europe/London',
    });
  });

  it('renews the session before it ends, after a 401, and when the person changes', async () => {
    await client.decide({ zones: ['a'] });
    surroundings.clock += 580_000;
    await client.decide({ zones: ['a'] });
    expect(hub.to('/v1/web/session')).toHaveLength(2);

    surroundings.clock -= 580_000;
    hub.plan('/v1/decisions', { status: 401 });
    await client.decide({ zones: ['a'] });
    expect(hub.to('/v1/web/session')).toHaveLength(3);

    userToken = 'jwt';
    client.identify('u1');
    await client.decide({ zones: ['a'] });
    expect(hub.to('/v1/web/session').at(-1)?.body).toEqual({
      anonymousId: client.anonymousId,
      userToken: 'jwt',
    });
  });

  it('tells why there is no decision', async () => {
    hub.plan('/v1/web/session', { status: 401, body: { code: 'ACCESS.UNKNOWN_KEY', detail: 'Unknown key' } });
    await expect(client.decide({ zones: ['a'] })).rejects.toMatchObject({
      name: 'ReparteeError',
      status: 401,
      code: 'ACCESS.UNKNOWN_KEY',
    });
    await expect(client.decide({ zones: ['a'] })).resolves.toMatchObject({ decisionId: 'd1' });
    hub.plan('/v1/decisions', { after: 400 });
    await expect(client.decide({ zones: ['a'], timeout: 50 })).rejects.toMatchObject({ status: 0 });
  });

  it('makes events visible before it asks', async () => {
    hub.plan('/v1/batch', { after: 150 });
    client.track('Product Added');
    await client.decide({ zones: ['home.hero'], visible: true });

    expect(hub.requests.map(({ path }) => path)).toEqual(['/v1/batch', '/v1/web/session', '/v1/decisions']);
    expect(hub.to('/v1/batch')[0]?.headers['prefer']).toBe('visible, wait=2');
  });

  it('asks without the events when they cannot be sent in time', async () => {
    hub.plan('/v1/batch', { after: 3000 });
    client.track('Product Added');
    const start = Date.now();
    await client.decide({ zones: ['home.hero'], visible: 0.2 });
    expect(Date.now() - start).toBeLessThan(1500);
  });

  it('reports responses with the token of the offer', async () => {
    const offer = anOffer();
    await client.impression(offer);
    await client.impression(offer);
    await client.click(offer);
    await client.accept(offer, { value: 12, currency: 'EUR' });
    await client.dismiss(offer, { reason: 'not now' });

    const bodies = hub.to('/v1/responses').map(({ body }) => responseSchema.parse(body));
    expect(bodies.map(({ type }) => type)).toEqual(['impression', 'click', 'accept', 'dismiss']);
    expect(new Set(bodies.map(({ responseId }) => responseId)).size).toBe(4);
    expect(bodies[2]).toMatchObject({ token: 'token-1', value: 12, currency: 'EUR' });
  });

  it('repeats a response under its id while the hub is away', async () => {
    hub.plan('/v1/responses', { status: 503 }, { hangUp: true });
    await client.click(anOffer());
    const ids = hub.to('/v1/responses').map(({ body }) => body['responseId']);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  });

  it('hands on the refusal of a late accept', async () => {
    hub.plan('/v1/responses', {
      status: 409,
      body: { code: 'OFFER.EXPIRED', replacement: { offer: 'next' } },
    });
    await expect(client.accept(anOffer())).rejects.toMatchObject({
      code: 'OFFER.EXPIRED',
      problem: { replacement: { offer: 'next' } },
    });
  });

  describe('a bound zone', () => {
    const element = {} as Element;
    let shown: (DecidedZone | null)[];
    beforeEach(() => {
      shown = [];
    });

    it('renders the answer and reports its impression once it was seen', async () => {
      hub.plan('/v1/decisions', zoneAnswer('t1'), zoneAnswer('t2'));
      const binding = client.bindZone(element, 'home.hero', (zone) => shown.push(zone));
      await until(() => shown.length === 1);
      surroundings.see(element);
      await until(() => hub.to('/v1/responses').length === 1);

      await binding.refresh();
      expect(shown.map((zone) => zone?.offers[0]?.token)).toEqual(['t1', 't2']);
      binding.stop();
      surroundings.see(element);
      expect(hub.to('/v1/responses').map(({ body }) => body['token'])).toEqual(['t1']);
    });

    it('renders nothing when the hub is away', async () => {
      hub.plan('/v1/decisions', { hangUp: true });
      client.bindZone(element, 'home.hero', (zone) => shown.push(zone));
      await until(() => shown.length === 1);
      expect(shown).toEqual([null]);
      expect(errors).toMatchObject([{ status: 0 }]);
    });

    it('never lets an earlier answer replace a later one', async () => {
      hub.plan('/v1/decisions', { ...zoneAnswer('slow'), after: 200 }, zoneAnswer('fast'));
      const binding = client.bindZone(element, 'home.hero', (zone) => shown.push(zone));
      await until(() => hub.to('/v1/decisions').length === 1);
      await binding.refresh();
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(shown.map((zone) => zone?.offers[0]?.token)).toEqual(['fast']);
    });
  });
});

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 4000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('It did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
