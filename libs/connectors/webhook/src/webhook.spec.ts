import type { DeliveryContext, HttpRequest } from '@repartee/connector-sdk';
import type { Action } from '@repartee/contracts';
import { Webhook } from 'standardwebhooks';
import { isWebhookKey, signWebhook } from './sign-webhook.js';
import { KEY } from './testing/simulated-endpoint.js';
import { webhookTreatment, type WebhookContent } from './webhook-treatment.js';
import { webhook } from './webhook.js';

const OTHER = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
const content: WebhookContent = {
  type: 'cart.abandoned',
  data: { hello: 'Dear {{ profile.traits.name }}', deep: [{ count: 2, 'a/b': '{{ offer.key }}' }] },
};
const action = {
  to: { address: 'user-7' },
  content,
  data: { profile: { traits: { name: '"Ann"\n' } }, offer: { key: 'tea' } },
  links: {},
} as unknown as Action & { content: WebhookContent };

async function deliver(status: number, settings: object = {}) {
  const requests: { url: string; init: HttpRequest }[] = [];
  const ctx = {
    settings: { url: 'https://shop.example/hooks', signingKey: KEY, ...settings },
    clock: { now: () => Date.now() },
    idempotencyKey: 'delivery-1',
    http: async (url: string, init: HttpRequest) => {
      requests.push({ url, init });
      return new Response(status === 204 ? null : 'words', { status });
    },
  } as unknown as DeliveryContext<{ url: string; signingKey: string }, unknown>;
  const outcome = await webhook.deliver?.(action, ctx);
  const { init }: { init: HttpRequest } = requests[0] ?? { init: {} };
  return { outcome, body: String(init.body), headers: init.headers ?? {}, redirect: init.redirect };
}

describe('a webhook', () => {
  it('is what the library of Standard Webhooks verifies', async () => {
    const { body, headers, outcome, redirect } = await deliver(204);
    expect(new Webhook(KEY).verify(body, headers)).toMatchObject({
      type: 'cart.abandoned',
      to: 'user-7',
      data: { hello: 'Dear "Ann"\n', deep: [{ count: 2, 'a/b': 'tea' }] },
    });
    expect(() => new Webhook(KEY).verify(`${body} `, headers)).toThrow();
    expect(outcome).toEqual({ status: 'accepted', providerId: 'delivery-1' });
    expect(redirect).toBe('manual');
  });

  it('is signed twice while keys rotate, and either proves it', async () => {
    const { body, headers } = await deliver(204, { signingKey: OTHER, previousKey: KEY });
    expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
    for (const key of [KEY, OTHER]) expect(new Webhook(key).verify(body, headers)).toBeDefined();
  });

  it('agrees with the library for any key', () => {
    const at = 1_900_000_000_000;
    const body = '{"a":"ä"}';
    const signed = signWebhook({ id: 'm', at, body }, [OTHER]);
    expect(signed['webhook-signature']).toBe(new Webhook(OTHER).sign('m', new Date(at), body));
  });

  it.each([
    [410, { status: 'rejected', code: 'WEBHOOK.GONE', retryable: false }],
    [301, { status: 'rejected', code: 'WEBHOOK.REDIRECTED', retryable: false }],
    [400, { status: 'rejected', code: 'WEBHOOK.REFUSED', retryable: false }],
    [401, { status: 'rejected', code: 'WEBHOOK.UNAUTHORIZED', retryable: true }],
    [429, { status: 'rejected', code: 'WEBHOOK.THROTTLED', retryable: true }],
    [502, { status: 'rejected', code: 'WEBHOOK.FAILED', retryable: true, detail: '502 words' }],
  ])('answered with %i is %p', async (status, outcome) => {
    expect((await deliver(status)).outcome).toMatchObject(outcome);
  });

  it.each(['whsec_', 'whsec_c2hvcnQ=', KEY.slice(6), `${KEY}!`, `whsec_${'A'.repeat(88)}`])(
    'is not signed with %s',
    (text) => expect(isWebhookKey(text)).toBe(false),
  );

  it('says where its Liquid is wrong', async () => {
    const wrong = { type: 'x', data: { 'a/b': ['fine', '{{ oops | nope }}'] } };
    const compiled = await webhookTreatment.compile(wrong, {
      resources: undefined,
      signal: new AbortController().signal,
    });
    expect(compiled).toMatchObject({ ok: false, failure: [{ pointer: '#/data/a~1b/1' }] });
  });
});
