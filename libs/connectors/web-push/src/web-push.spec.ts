import type { DeliveryContext } from '@repartee/connector-sdk';
import type { Action } from '@repartee/contracts';
import webpush from 'web-push';
import { pushTreatment, webPush, type PushContent } from './index.js';
import { FakeBrowser, FakePushService } from './testing/index.js';

const keys = webpush.generateVAPIDKeys();
const settings = { ...keys, subject: 'mailto:shop@example.org' };
const NOW = Date.UTC(2026, 0, 1);
let service: FakePushService;
let browser: FakeBrowser;

beforeEach(async () => {
  service = await FakePushService.start();
  browser = new FakeBrowser(`${service.url}/push/abc`);
});
afterEach(() => service.stop());

function send(content: PushContent, more: Partial<Action> = {}) {
  const action = {
    to: { address: JSON.stringify(browser.subscription) },
    content: { content },
    data: { profile: { traits: { name: 'Ann' } } },
    links: {},
    class: 'marketing',
    idempotencyKey: 'reaction:x:1',
    ...more,
  } as unknown as Action & { content: { content: PushContent } };
  const ctx = {
    settings,
    http: (url: string, init: RequestInit) => fetch(url, init),
    clock: { now: () => NOW },
  } as unknown as DeliveryContext<typeof settings, unknown>;
  return webPush.deliver?.(action, ctx);
}

describe('web push', () => {
  it('reaches the browser, encrypted for it and signed for its push service', async () => {
    const outcome = await send(
      { title: 'Hello {{ profile.traits.name }}', body: 'Tea', url: '/tea' },
      { expiresAt: new Date(NOW + 90_500).toISOString(), links: { click: 'https://hub.example/r/t' } },
    );
    expect(outcome).toEqual({ status: 'accepted', providerId: `${service.url}/m/1` });
    const [message] = service.messages;
    expect(message?.headers).toMatchObject({
      ttl: '90',
      urgency: 'normal',
      'content-encoding': 'aes128gcm',
      topic: expect.stringMatching(/^[\w-]{32}$/),
    });
    expect(message?.body.includes('Ann')).toBe(false);
    expect(browser.read(message?.body ?? Buffer.of())).toEqual({
      title: 'Hello Ann',
      body: 'Tea',
      url: 'https://hub.example/r/t',
    });
    expect(() => new FakeBrowser('x').read(message?.body ?? Buffer.of())).toThrow();
  });

  it.each([
    [404, { status: 'rejected', code: 'ADDRESS_GONE', retryable: false }],
    [410, { status: 'rejected', code: 'ADDRESS_GONE', retryable: false }],
    [413, { status: 'rejected', code: 'TOO_LARGE', retryable: false }],
    [403, { status: 'rejected', code: 'FORBIDDEN', retryable: false }],
    [429, { status: 'rejected', code: 'THROTTLED', retryable: true, wait: true, retryAfter: 7 }],
    [503, { status: 'rejected', code: 'UNAVAILABLE', retryable: true, retryAfter: 7 }],
    [500, { status: 'unknown', detail: 'the push service answered 500' }],
  ])('answers %d with what is known', async (status, outcome) => {
    service.answers.push({ status, headers: { 'retry-after': '7' } });
    expect(await send({ title: 'x' })).toEqual(outcome);
  });

  it.each(['', '{}', 'null', '{"endpoint":"javascript:1","keys":{"p256dh":"","auth":""}}'])(
    'sends nothing to an address that is none: %s',
    async (address) => {
      expect(await send({ title: 'x' }, { to: { address } })).toMatchObject({ code: 'BAD_ADDRESS' });
    },
  );

  it('says before it sends that a message is too large', async () => {
    const data = { profile: { traits: { name: 'x'.repeat(4000) } } };
    expect(await send({ title: '{{ profile.traits.name }}' }, { data })).toMatchObject({ code: 'TOO_LARGE' });
    expect(service.messages).toEqual([]);
  });

  it('finds wrong keys when settings are checked', async () => {
    const check = (privateKey: string) =>
      webPush.checkSettings?.({ settings: { ...settings, privateKey } } as never);
    await expect(check(keys.privateKey)).resolves.toBeUndefined();
    await expect(check('short')).rejects.toThrow();
  });
});

describe('its content', () => {
  const tools = { resources: undefined, signal: new AbortController().signal };

  it('names what does not compile', async () => {
    expect(
      await pushTreatment.compile({ title: '{{ x | nope }}', url: 'javascript:1' }, tools),
    ).toMatchObject({
      ok: false,
      failure: [{ pointer: '#/title' }, { pointer: '#/url' }],
    });
  });

  it('leaves out an address that a person’s data made unsafe', () => {
    const content = { title: 'x', icon: '{{ a }}', url: '{{ b }}' };
    expect(pushTreatment.render({ content }, { a: 'data:x', b: '//evil.example' })).toEqual({ title: 'x' });
    expect(pushTreatment.render({ content }, { a: 'https://a.example/i.png', b: '/tea' })).toEqual({
      title: 'x',
      icon: 'https://a.example/i.png',
      url: '/tea',
    });
  });
});
