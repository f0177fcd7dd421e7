import { randomUUID } from 'node:crypto';
import RudderStack from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.js';
import type { Hub, LoggedEvent } from './hub.js';
import { serveSdkSite } from './sdk-site.js';
import { Stage } from './stage.js';
import type { System } from './system.js';

jest.setTimeout(120_000);

const viewed = { product_id: 'ridge', name: 'Ridge', price: 18.5, currency: 'USD', tags: ['light', 'whole'] };

let stage: Stage;
let system: System;
let hub: Hub;

beforeAll(async () => {
  stage = await Stage.open();
  ({ system, hub } = stage);
});
afterEach(() => stage?.clear());
afterAll(() => stage?.close());

/** A site's own public key, so that its events can be told from others. */
async function newSite(source: string, allowedOrigins: string[] = []): Promise<string> {
  const site = { kind: 'public', name: source, source, allowedOrigins };
  return (await hub.post<{ key: string }>('/v1/keys', site)).key;
}

/** The events of a source, when all have come. */
function arrived(source: string, count: number): Promise<LoggedEvent[]> {
  return eventually(`${count} events of ${source}`, async () => {
    const events = await hub.events(source);
    return events.length >= count && events;
  });
}

/** How often the hub answered what SDKs send, by route and status. */
async function answers(): Promise<Record<string, number>> {
  const text = await (await fetch(`${system.url}/metrics`)).text();
  const lines = text.matchAll(/^repartee_http_request_duration_seconds_count\{(.*)\} (\d+)$/gm);
  const counts: Record<string, number> = {};
  for (const [, labels = '', count] of lines) {
    const label = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(labels)?.[1] ?? '';
    if (label('method') === 'POST' && /^\/v1\/(?!keys)/.test(label('route')))
      counts[`${label('route')} ${label('status')}`] = Number(count);
  }
  return counts;
}

/** What the answers of the hub grew by while `work` ran. */
async function answersTo(work: () => Promise<void>): Promise<Record<string, number>> {
  const before = await answers();
  await work();
  const after = Object.entries(await answers()).map(([key, count]) => [key, count - (before[key] ?? 0)]);
  return Object.fromEntries(after.filter(([, count]) => count !== 0)) as Record<string, number>;
}

/** The three calls, as the log and the golden record must hold them. */
async function expectGoldenRecord(
  source: string,
  person: { userId: string; anonymousId?: string; email: string; name: string },
): Promise<void> {
  const events = await arrived(source, 3);
  expect(events.map(({ type }) => type)).toEqual(['identify', 'page', 'track']);
  expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(3);
  for (const { payload } of events) expect(payload).toMatchObject({ userId: person.userId });
  const [identify, page, track] = events;
  const traits = { email: person.email, name: person.name };
  // RudderStack's browser SDK puts them into the context, as its servers expect them.
  expect([identify?.payload['traits'], context(identify)['traits']]).toContainEqual(traits);
  expect(page?.payload).toMatchObject({ name: 'Shelf', properties: { section: 'coffee' } });
  expect(track).toMatchObject({ name: 'Product Viewed', payload: { properties: viewed } });

  const profile = await eventually('a golden record with all three events', async () => {
    const found = await hub.profile(`user_id:${person.userId}`);
    const entries = found && (await hub.timeline(found.id));
    return entries && entries.length >= 3 && found;
  });
  expect(profile.traits).toMatchObject(traits);
  const values = profile.identifiers.map(({ namespace, value }) => `${namespace}:${value}`);
  expect(values).toEqual(expect.arrayContaining([`user_id:${person.userId}`, `email:${person.email}`]));
  if (person.anonymousId) expect(values).toContain(`anonymous_id:${person.anonymousId}`);

  const timeline = await hub.timeline(profile.id);
  // Times are corrected by when each request came in, so that two requests may cross by a moment.
  const told = timeline.filter(({ kind }) => kind === 'event');
  expect(told.map(({ data }) => data.type).sort()).toEqual(['identify', 'page', 'track']);
  expect(told.find(({ data }) => data.type === 'track')?.data).toMatchObject({
    name: 'Product Viewed',
    source,
    properties: viewed,
  });
}

function context(event: LoggedEvent | undefined): Record<string, unknown> {
  return (event?.payload['context'] ?? {}) as Record<string, unknown>;
}

function newPerson(source: string): { userId: string; email: string; name: string } {
  const id = randomUUID().slice(0, 8);
  return { userId: `${source}-${id}`, email: `${source}-${id}@example.org`, name: 'Ann Lee' };
}

describe('an SDK on a server', () => {
  it('@segment/analytics-node delivers into a golden record', async () => {
    const source = 'segment-node';
    const person = { ...newPerson(source), anonymousId: randomUUID() };
    const { userId, anonymousId, email, name } = person;
    const errors: unknown[] = [];
    const writeKey = await newSite(source);
    const sent = await answersTo(async () => {
      const analytics = new Analytics({ writeKey, host: system.url, flushAt: 3 });
      analytics.on('error', (error) => errors.push(error));
      analytics.identify({ userId, anonymousId, traits: { email, name } });
      analytics.page({ userId, anonymousId, name: 'Shelf', properties: { section: 'coffee' } });
      analytics.track({ userId, anonymousId, event: 'Product Viewed', properties: viewed });
      await analytics.closeAndFlush({ timeout: 15_000 });
    });
    expect(errors).toEqual([]);
    expect(sent).toEqual({ '/v1/batch 200': 1 });
    await expectGoldenRecord(source, person);
  });

  it('@rudderstack/rudder-sdk-node delivers into a golden record', async () => {
    const source = 'rudderstack-node';
    const person = { ...newPerson(source), anonymousId: randomUUID() };
    const { userId, anonymousId, email, name } = person;
    const errors: unknown[] = [];
    const writeKey = await newSite(source);
    const sent = await answersTo(async () => {
      const analytics = new RudderStack(writeKey, {
        dataPlaneUrl: system.url,
        flushAt: 3,
        errorHandler: (error: unknown) => errors.push(error),
      });
      analytics.identify({ userId, anonymousId, traits: { email, name } });
      analytics.page({ userId, anonymousId, name: 'Shelf', properties: { section: 'coffee' } });
      analytics.track({ userId, anonymousId, event: 'Product Viewed', properties: viewed });
      await analytics.flush();
      await arrived(source, 3);
    });
    expect(errors).toEqual([]);
    // The first event goes at once, the others together.
    expect(sent).toEqual({ '/v1/batch 200': 2 });
    await expectGoldenRecord(source, person);
  });
});

describe('an SDK in a browser, on a site of another origin', () => {
  /** Opens a page of the site; `story` works with its `analytics`. */
  async function onSite(
    script: string,
    writeKeyFor: (origin: string) => Promise<string>,
    story: (page: Page) => Promise<void>,
  ): Promise<Record<string, number>> {
    const site = await serveSdkSite(script);
    const { page } = await stage.newVisitor();
    try {
      const query = new URLSearchParams({ hub: system.url, writeKey: await writeKeyFor(site.origin) });
      return await answersTo(async () => {
        await page.goto(`${site.origin}/?${query.toString()}`);
        await page.waitForFunction('globalThis.analytics !== undefined');
        await story(page);
      });
    } finally {
      await site.close();
    }
  }
  const call = (method: string, ...args: unknown[]) =>
    `analytics.${method}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;

  it('@segment/analytics-next delivers into a golden record', async () => {
    const source = 'segment-browser';
    const person = newPerson(source);
    const { userId, email, name } = person;
    let anonymousId = '';
    const sent = await onSite(
      'segment-page',
      (origin) => newSite(source, [origin]),
      async (page) => {
        for (const step of [
          call('identify', userId, { email, name }),
          call('page', 'Shelf', { section: 'coffee' }),
          call('track', 'Product Viewed', viewed),
        ]) {
          const failure = await page.evaluate(`${step}.then((ctx) => ctx.failedDelivery() ?? null)`);
          expect(failure).toBeNull();
        }
        anonymousId = await page.evaluate('analytics.user().then((user) => user.anonymousId())');
        await arrived(source, 3);
      },
    );
    expect(sent).toEqual({ '/v1/i 200': 1, '/v1/p 200': 1, '/v1/t 200': 1 });
    await expectGoldenRecord(source, { ...person, anonymousId });
  });

  it('@rudderstack/analytics-js delivers into a golden record', async () => {
    const source = 'rudderstack-browser';
    const person = newPerson(source);
    const { userId, email, name } = person;
    let anonymousId = '';
    const sent = await onSite(
      'rudderstack-page',
      (origin) => newSite(source, [origin]),
      async (page) => {
        await page.evaluate(call('identify', userId, { email, name }));
        await page.evaluate(call('page', 'Shelf', { section: 'coffee' }));
        await page.evaluate(call('track', 'Product Viewed', viewed));
        await arrived(source, 3);
        anonymousId = await page.evaluate('analytics.getAnonymousId()');
      },
    );
    expect(sent).toEqual({ '/v1/identify 200': 1, '/v1/page 200': 1, '/v1/track 200': 1 });
    await expectGoldenRecord(source, { ...person, anonymousId });
  });

  it('works with the first key, and sends what happened offline when the network is back', async () => {
    const event = `Seen Offline ${randomUUID()}`;
    const seen = async () => (await hub.events('default')).filter(({ name }) => name === event);
    await onSite(
      'segment-page',
      async () => system.keys.write,
      async (page) => {
        await page.evaluate(`${call('page', 'Shelf')}.then(() => null)`);
        await page.context().setOffline(true);
        await page.evaluate(`void ${call('track', event, { product_id: 'ridge' })}`);
        expect(await seen()).toEqual([]);
        await page.context().setOffline(false);
        await eventually('what happened offline', async () => (await seen()).length > 0, 60_000);
      },
    );
    expect(await seen()).toHaveLength(1);
  });
});
