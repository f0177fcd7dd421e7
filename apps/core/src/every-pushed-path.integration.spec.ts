import { MessageTokens } from '@repartee/delivery';
import { newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { createECDH, randomBytes } from 'node:crypto';
import { apply } from './testing/apply.js';
import { EventSourceUnderTest } from './testing/event-source.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';
import { visit, type Visitor } from './testing/visitor.js';

const SHOP = {
  version: 1,
  zones: [
    { key: 'home.hero', channel: 'web' },
    { key: 'push.note', channel: 'web_push' },
  ],
  offers: [{ key: 'tea', name: 'Tea', value: 5, repeatable: true }],
  treatments: [
    { key: 'tea.hero', offer: 'tea', channel: 'web', zones: ['home.hero'], content: { headline: 'Tea' } },
    { key: 'tea.push', offer: 'tea', channel: 'web_push', zones: ['push.note'], content: { title: 'Tea' } },
  ],
  reactions: [
    {
      key: 'thirsty',
      on: { event: 'Got Thirsty' },
      action: {
        ...{ channel: 'web', zone: 'home.hero' },
        whenAbsent: { channel: 'web_push', zone: 'push.note' },
      },
    },
  ],
};
/** Made once with `npx web-push generate-vapid-keys`, for tests alone. */
const WEB_PUSH = {
  WEB_PUSH_SUBJECT: 'mailto:a@b.example',
  WEB_PUSH_PUBLIC_KEY:
    'BF3ZpfuWkb1FOUb-4zPheRV3AgDG9vYaplsdtoVXYGEPXVkG-kIK-t9Ej-VroSM26iEs1MOqTwaUukolDIe9ZRM',
  WEB_PUSH_PRIVATE_KEY: 'oUYrCYMv0Rv0FezVRRRDs-VrmdcuDQ24R3fD--1Tgrk',
};
/** No quiet hour. */
const NOON = Date.UTC(2026, 4, 1, 12);
const CAMPAIGN = { key: 'admin', body: { scope: 'campaign', key: 'reaction:thirsty' } } as const;

interface Met extends Visitor {
  id: string;
  channel: string;
  /** What reached the page, where one is open. */
  source?: EventSourceUnderTest;
}
type Stop = (met: Met) => Promise<unknown>;
interface Delivery {
  channel: string;
  status: string;
  attempts: number;
}

/** What is pushed into open pages and to browsers goes through the one gate, too: what stops it holds at once. */
describe('what is pushed', () => {
  let core: CoreUnderTest;
  let next = 0;
  const sources: EventSourceUnderTest[] = [];
  beforeAll(async () => {
    core = await startCore({ clock: new ManualClock(NOON), environment: WEB_PUSH });
    await apply(core, SHOP);
  });
  afterEach(() => sources.splice(0).forEach((source) => source.close()));
  afterAll(() => core.stop());

  async function meet(): Promise<Visitor & { id: string }> {
    next += 1;
    const anonymousId = `visitor-${next}`;
    const { profileId } = await visibly(core.call, '/v1/identify', { anonymousId, traits: { n: next } });
    return { ...(await visit(core, { anonymousId })), id: profileId };
  }
  const subscribed = (n: number) => ({
    endpoint: `https://push.invalid/${n}`,
    keys: {
      p256dh: createECDH('prime256v1').generateKeys('base64url'),
      auth: randomBytes(16).toString('base64url'),
    },
  });
  /** Somebody on an open page, and somebody who is away and has a browser that may be written to. */
  const places: Record<string, () => Promise<Met>> = {
    'an offer in an open page': async () => {
      const visitor = await meet();
      const headers = { authorization: `Bearer ${visitor.session.bearer}` };
      const source = await EventSourceUnderTest.open(`${core.url}/v1/stream`, headers);
      sources.push(source);
      return { ...visitor, channel: 'web', source };
    },
    'a note to a browser': async () => {
      const visitor = await meet();
      const body = subscribed(next);
      await core.call('/v1/web/push-subscriptions', { key: visitor.session, body });
      return { ...visitor, channel: 'web_push' };
    },
  };
  const stops: Record<string, Stop> = {
    'a no': ({ id, channel }) =>
      core.call(`PUT /v1/profiles/${id}/consents`, {
        body: { consents: [{ channel, status: 'denied' }] },
        headers: { prefer: 'visible, wait=10' },
      }),
    'a one-click unsubscribe': ({ id, channel }) => {
      const tokens = core.app.get(MessageTokens, { strict: false });
      const token = tokens.seal({ deliveryId: newId(), profileId: id, channel });
      const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
      return core.follow(`${core.url}/u/${token}`, { method: 'POST', body });
    },
    'a pause': ({ channel }) =>
      core.call('/v1/outbound/pause', { key: 'admin', body: { scope: 'channel', key: channel } }),
  };
  const only: Record<string, Record<string, Stop>> = {
    // What a hard bounce is to mail: the browser is not there any more.
    'a note to a browser': {
      'a browser that is gone': async ({ session }) =>
        core.call('DELETE /v1/web/push-subscriptions', {
          key: session,
          body: { endpoint: `https://push.invalid/${next}` },
        }),
    },
  };
  const cases = Object.entries(places).flatMap(([place, come]) =>
    Object.entries({ ...stops, ...only[place] }).map(([name, stop]) => [place, name, come, stop] as const),
  );

  const delivery = (id: string, wanted: (delivery: Delivery) => boolean) =>
    until('the delivery', async () => {
      const found = await core.database.query<Delivery>(
        'SELECT channel, status, attempts FROM delivery WHERE profile_id = $1',
        [id],
      );
      return found.find(wanted);
    });

  it.each(cases)('%s heeds %s', async (_place, name, come, stop) => {
    const met = await come();
    await core.call('/v1/outbound/pause', CAMPAIGN);
    await core.call('/v1/track', { body: { anonymousId: met.anonymousId, event: 'Got Thirsty' } });
    const planned = await delivery(met.id, ({ status }) => status === 'planned');
    expect(planned).toMatchObject({ channel: met.channel, attempts: 0 });
    await stop(met);
    await core.call('/v1/outbound/resume', CAMPAIGN);
    if (name === 'a pause') {
      expect(await delivery(met.id, ({ status }) => status === 'planned')).toMatchObject({ attempts: 0 });
      expect(met.source?.named('offer') ?? []).toEqual([]);
      await core.call('/v1/outbound/resume', { key: 'admin', body: { scope: 'channel', key: met.channel } });
      await delivery(met.id, ({ attempts }) => attempts > 0);
      return;
    }
    const ended = await delivery(met.id, ({ status, attempts }) => attempts > 0 || status !== 'planned');
    expect(ended.attempts).toBe(0);
    expect(['suppressed', 'rejected']).toContain(ended.status);
    expect(met.source?.named('offer') ?? []).toEqual([]);
  });
});
