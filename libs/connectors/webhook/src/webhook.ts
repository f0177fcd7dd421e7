import {
  accepted,
  defineConnector,
  failureOfHttp,
  rejected,
  secret,
  unknown,
  type HttpResponse,
} from '@repartee/connector-sdk';
import type { Outcome } from '@repartee/contracts';
import { z } from 'zod';
import { isWebhookKey, signWebhook } from './sign-webhook.js';
import { webhookTreatment } from './webhook-treatment.js';

/** Characters of the endpoint's own words that are kept. */
const MAX_WORDS = 500;

const key = (meaning: string) =>
  secret()
    .refine(isWebhookKey, 'must be whsec_ and Base64 of 24 to 64 bytes')
    .meta({ description: meaning, examples: [`whsec_${Buffer.alloc(24, 'example').toString('base64')}`] });

/** Messages to an endpoint of one's own, as Standard Webhooks. */
export const webhook = defineConnector({
  name: 'webhook',
  channel: 'webhook',
  sdk: '^1.0.0',
  stability: 'beta',
  description: 'Messages to an endpoint of your own, signed as Standard Webhooks',
  settings: z.object({
    url: z.url({ protocol: /^https?$/ }).describe('The endpoint; no private address'),
    signingKey: key('Key that signs: whsec_ and Base64 of 24 to 64 bytes'),
    previousKey: key('The key before, while receivers change over: both sign').optional(),
  }),
  capabilities: { receipts: false, reconcile: 'none', timeLimit: 15_000 },
  treatment: webhookTreatment,

  async deliver(action, ctx) {
    const { url, signingKey, previousKey } = ctx.settings;
    const { type, data } = webhookTreatment.render(action.content, { ...action.data, links: action.links });
    const at = ctx.clock.now();
    const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), to: action.to.address, data });
    const keys = [signingKey, ...(previousKey === undefined ? [] : [previousKey])];
    const response = await ctx.http(url, {
      method: 'POST',
      // A signed message goes where it was addressed to and nowhere else.
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        ...signWebhook({ id: ctx.idempotencyKey, at, body }, keys),
        ...(ctx.traceparent !== undefined && { traceparent: ctx.traceparent }),
      },
      body,
    });
    const words = (await response.text()).slice(0, MAX_WORDS);
    return response.ok ? accepted(ctx.idempotencyKey) : failureOf(response, words);
  },
});

/**
 * By Standard Webhooks only 2xx means taken: the same id may come again, and receivers know it by that. So what breaks
 * was not taken, and 410 asks to be left alone.
 */
function failureOf(response: HttpResponse, words: string): Outcome {
  const detail = `${response.status} ${words}`.trim();
  if (response.status === 410) return rejected('WEBHOOK.GONE', { retryable: false, detail });
  if (response.status >= 300 && response.status < 400)
    return rejected('WEBHOOK.REDIRECTED', { retryable: false, detail });
  const failure = failureOfHttp('WEBHOOK', response, words);
  return failure.status === 'unknown' && response.status >= 500
    ? rejected('WEBHOOK.FAILED', { retryable: true, detail })
    : failure.status === 'unknown'
      ? unknown(detail)
      : failure;
}
