import {
  accepted,
  type ConnectorDefinition,
  defineConnector,
  type Fact,
  secret,
} from '@repartee/connector-sdk';
import { ok, type Outcome } from '@repartee/contracts';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { CoreUnderTest } from './start-core.js';

export interface Sent {
  attemptId: string;
  address: string;
  text: string;
}

export const PAGER_KEY = 'pager-key-of-the-test';
export const PAGER_ENVIRONMENT = { PAGER_KEY, PAGER_SENDER: '+14155550199' };

/** A provider in a box: what it was given, and reports by webhook (signed over URL and body) or to be fetched. */
export function pager(deliver?: (sent: Sent) => Outcome | Promise<Outcome>, name = 'pager') {
  const sent: Sent[] = [];
  const mailbox: { facts: Fact[]; failing?: string } = { facts: [] };
  const connector = defineConnector({
    name,
    channel: 'pager',
    addressNamespace: 'phone',
    sdk: '^1.0.0',
    stability: 'experimental',
    settings: z.object({ key: secret(), sender: z.string().meta({ sender: true }) }),
    capabilities: { receipts: true, reconcile: 'evidence' },
    treatment: {
      schema: z.object({ text: z.string() }),
      compile: ({ text }) => ok({ text }),
      render: ({ text }) => ({ text }),
    },
    async deliver(action) {
      const one = {
        attemptId: action.attemptId,
        address: action.to.address,
        text: String(action.content.text),
      };
      sent.push(one);
      const providerId = `p-${sent.length}`;
      return (await deliver?.(one)) ?? accepted(providerId);
    },
    verify({ url, headers, body }, { settings }) {
      const signature = Buffer.from(headers['x-signature'] ?? '');
      const right = Buffer.from(sign(url, body, settings.key));
      return signature.length === right.length && timingSafeEqual(signature, right);
    },
    receive({ body }) {
      const facts = body.length === 0 ? [] : (JSON.parse(Buffer.from(body).toString()) as Fact[]);
      const headers = { 'content-type': 'text/xml' };
      return { reply: { status: 202, headers, body: `<took n="${facts.length}"/>` }, facts };
    },
    poll(cursor) {
      if (mailbox.failing !== undefined) return Promise.reject(new Error(mailbox.failing));
      const from = Number(cursor ?? 0);
      return Promise.resolve({ cursor: String(mailbox.facts.length), facts: mailbox.facts.slice(from) });
    },
  });
  return { connector: connector as unknown as ConnectorDefinition, sent, mailbox };
}

function sign(url: string, body: Uint8Array, key: string): string {
  return createHmac('sha256', key).update(url).update(body).digest('hex');
}

/** Reports as the provider does: signed over the public URL. */
export async function report(
  core: CoreUnderTest,
  facts: Fact[],
  { path = '/v1/connectors/pager/webhooks/status?a=1', key = PAGER_KEY } = {},
): Promise<Response> {
  const body = Buffer.from(JSON.stringify(facts));
  return fetch(`${core.url}${path}`, {
    method: 'POST',
    body,
    headers: { 'x-signature': sign(`https://shop.example${path}`, body, key) },
  });
}
