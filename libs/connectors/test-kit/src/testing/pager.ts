import {
  accepted,
  defineConnector,
  rejected,
  secret,
  unknown,
  type ConnectorContext,
} from '@repartee/connector-sdk';
import { ok, type Action, type Outcome } from '@repartee/contracts';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { ConnectorSuite } from '../connector-suite.js';
import { simulatedHttp } from '../simulated-http.js';

const KEY = 'key-4711/ä';

/** A connector that keeps every promise; the liars of the specs are made of it. */
export const pager = defineConnector({
  name: 'pager',
  channel: 'pager',
  sdk: '^1.0.0',
  stability: 'experimental',
  settings: z.object({ url: z.url(), apiKey: secret() }),
  capabilities: { receipts: true, reconcile: 'query' },
  treatment: {
    schema: z.object({ text: z.string().max(80) }),
    compile: (content) => ok({ text: content.text }),
    render: (compiled) => String(compiled['text']),
  },
  deliver: send,
  deliverBatch: (actions, ctx) =>
    Promise.all(actions.map((action) => send(action, { ...ctx, idempotencyKey: action.idempotencyKey }))),
  async reconcile(attempt, ctx) {
    const response = await ctx.http(`${ctx.settings.url}/pages/${attempt.action.idempotencyKey}`);
    if (response.ok) return accepted(attempt.action.idempotencyKey);
    return response.status === 404 ? rejected('PAGER.NEVER_SEEN', { retryable: true }) : unknown();
  },
  verify(raw, ctx) {
    const given = Buffer.from(raw.headers['x-signature'] ?? '');
    const right = Buffer.from(signature(ctx.settings.apiKey, raw.url, raw.body));
    return given.length === right.length && timingSafeEqual(given, right);
  },
  receive(raw) {
    const { attemptId, status } = JSON.parse(Buffer.from(raw.body).toString()) as {
      attemptId: string;
      status: 'delivered' | 'failed';
    };
    return { reply: { status: 204 }, facts: [{ kind: 'receipt', attemptId, status }] };
  },
  subscribes: ['Order Completed', 'delivery.*'],
  purposes: ['paging'],
  onEvent: (event, ctx) => post('events', event.id, { to: event.id }, ctx),
});

type Context = ConnectorContext<{ url: string; apiKey: string }>;

function send(action: Action, ctx: Context & { idempotencyKey: string }): Promise<Outcome> {
  return post('pages', ctx.idempotencyKey, { to: action.to.address }, ctx);
}

async function post(path: string, key: string, body: object, ctx: Context): Promise<Outcome> {
  const response = await ctx.http(`${ctx.settings.url}/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${ctx.settings.apiKey}`.replace('ä', '%'),
      'idempotency-key': key,
    },
    body: JSON.stringify(body),
  });
  const words = await response.text();
  if (response.ok) return accepted(key);
  if (response.status === 429)
    return rejected('PAGER.BUSY', {
      retryable: true,
      retryAfter: Number(response.headers.get('retry-after')),
    });
  if (response.status < 500) return rejected('PAGER.REFUSED', { retryable: false, detail: words });
  return unknown(words);
}

function signature(key: string, url: string, body: Uint8Array): string {
  return createHmac('sha256', key).update(url).update(body).digest('hex');
}

/** What the pager's spec would bring. */
export function pagerSuite(certificate: string): ConnectorSuite {
  return {
    certificate,
    content: { text: 'Tea' },
    provider: () =>
      simulatedHttp({
        settings: (url) => ({ url, apiKey: KEY }),
        message: ({ method, headers, body }) =>
          method === 'POST'
            ? { ...(JSON.parse(body) as { to: string }), key: headers['idempotency-key'] }
            : undefined,
        other: ({ path }, taken) => ({
          status: taken.some(({ key }) => path === `/pages/${key}`) ? 200 : 404,
        }),
        webhook: ({ kind, attemptId }, url) => {
          const body = Buffer.from(JSON.stringify({ attemptId, status: kind }));
          return { method: 'POST', url, headers: { 'x-signature': signature(KEY, url, body) }, body };
        },
      }),
    reports: ['delivered', 'failed'],
  };
}
