import {
  accepted,
  defineConnector,
  rejected,
  secret,
  unknown,
  type HttpResponse,
} from '@repartee/connector-sdk';
import type { Outcome } from '@repartee/contracts';
import { createHash } from 'node:crypto';
import webpush from 'web-push';
import { z } from 'zod';
import { pushTreatment, type Notification } from './push-treatment.js';

/** Plain text that fits one record of 4,096 bytes with its header, tag and padding (RFC 8291, 4). */
const MOST_BYTES = 3_993;
/** Seconds a push service keeps what it cannot deliver: for offers until they end, else a day; never beyond four weeks. */
const TTL = { usual: 86_400, most: 28 * 86_400 };
const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'ADDRESS_GONE',
  410: 'ADDRESS_GONE',
  413: 'TOO_LARGE',
};

/** A browser's subscription: the address of this channel, as JSON. */
const subscriptionSchema = z.object({
  endpoint: z.url({ protocol: /^https?$/ }),
  keys: z.object({ p256dh: z.string(), auth: z.string() }),
});

/** Messages to browsers while no page is open: RFC 8030, encrypted (RFC 8291), signed with VAPID (RFC 8292). */
export const webPush = defineConnector({
  name: 'web-push',
  channel: 'web_push',
  sdk: '^1.0.0',
  stability: 'stable',
  description: 'Notifications of a website while none of its pages is open',
  settings: z.object({
    publicKey: z
      .string()
      .min(80)
      .max(100)
      .meta({ examples: [`B${'x'.repeat(86)}`] })
      .describe('VAPID public key, base64url: browsers subscribe with it'),
    privateKey: secret().describe('VAPID private key, base64url'),
    subject: z
      .string()
      .regex(/^(mailto:.+@|https:\/\/)/)
      .meta({ examples: ['mailto:push@example.org'] })
      .describe('mailto: or https: address at which push services reach you'),
  }),
  capabilities: { receipts: false, reconcile: 'none', ratePerSecond: 200, concurrency: 50 },
  treatment: pushTreatment,

  async deliver(action, ctx) {
    const { to, content, data, links, expiresAt, idempotencyKey } = action;
    const subscription = readSubscription(to.address);
    if (!subscription) return rejected('BAD_ADDRESS', { retryable: false });
    const { url, ...shown } = pushTreatment.render(content, data);
    const target = links.click ?? url;
    const payload = Buffer.from(JSON.stringify({ ...shown, ...(target && { url: target }) }));
    if (payload.length > MOST_BYTES)
      return rejected('TOO_LARGE', { retryable: false, detail: `more than ${MOST_BYTES} bytes` });
    const seconds = expiresAt ? (Date.parse(expiresAt) - ctx.clock.now()) / 1000 : TTL.usual;
    const request = prepared(subscription, payload, {
      vapidDetails: ctx.settings,
      contentEncoding: 'aes128gcm',
      TTL: Math.min(TTL.most, Math.max(0, Math.floor(seconds))),
      urgency: action.class === 'transactional' ? 'high' : 'normal',
      // The same message once more takes the place of the first, as long as that waits at the push service.
      topic: createHash('sha256').update(idempotencyKey).digest('base64url').slice(0, 32),
    });
    if (!request) return rejected('BAD_ADDRESS', { retryable: false, detail: 'its keys cannot be used' });
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const { 'Content-Length': _, ...own } = headers;
    const response = await ctx.http(request.endpoint, {
      method: 'POST',
      headers: own,
      body: request.body ?? '',
    });
    return outcomeOf(response);
  },

  async checkSettings({ settings: { subject, publicKey, privateKey } }) {
    webpush.getVapidHeaders('https://push.example', subject, publicKey, privateKey, 'aes128gcm');
  },
});

/** Encrypted and signed; undefined when the browser's keys are none. Keys of our own were checked at start. */
function prepared(...request: Parameters<typeof webpush.generateRequestDetails>) {
  try {
    return webpush.generateRequestDetails(...request);
  } catch {
    return undefined;
  }
}

function readSubscription(address: string): z.infer<typeof subscriptionSchema> | undefined {
  try {
    const read = subscriptionSchema.safeParse(JSON.parse(address));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** What the push service says (RFC 8030, 5; 404 and 410: the subscription has ended). */
function outcomeOf(response: HttpResponse): Outcome {
  const { status } = response;
  if (status >= 200 && status < 300) return accepted(response.headers.get('location') ?? undefined);
  const code = BY_STATUS[status];
  if (code !== undefined) return rejected(code, { retryable: false });
  if (status === 429 || status === 503) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return rejected(status === 429 ? 'THROTTLED' : 'UNAVAILABLE', {
      retryable: true,
      ...(status === 429 && { wait: true as const }),
      ...(Number.isFinite(seconds) && { retryAfter: seconds }),
    });
  }
  return unknown(`the push service answered ${status}`);
}

export type { Notification };
