import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Bench } from '../bench.js';
import { call, type Core } from '../core.js';
import { untilProcessed } from '../measure-core.js';

export const CONTENT = {
  subject: 'Your order is on its way',
  html: '<p>Thank you. <a href="https://example.com/orders/4711">Your order</a> is on its way.</p>',
};
const TEXT = { body: 'Your order is on its way.' };
const PAGE = 500;
const AT_A_TIME = 50;
const LOOK = 20;
/** Goes by the partial indexes of what waits and of what is open: going through all that was ever sent takes longer than sending. */
const LOOKS_LEFT = `
  SELECT EXISTS (SELECT FROM delivery WHERE status = 'planned' AND queue = $1)
    OR EXISTS (SELECT FROM delivery_attempt a JOIN delivery d ON d.id = a.delivery_id
               WHERE a.finished_at IS NULL AND d.channel = $1) AS left`;
const LEFT = `SELECT EXISTS (SELECT FROM delivery WHERE status IN ('planned', 'sending') AND channel = $1) AS left`;

/** Where mails go: settings of the core, for an SMTP server on this machine. */
export function smtpSettings(port: number): Record<string, string> {
  return {
    EMAIL_SMTP_HOST: '127.0.0.1',
    EMAIL_SMTP_PORT: String(port),
    EMAIL_SMTP_TLS: 'none',
    EMAIL_SMTP_FROM: 'shop@example.com',
  };
}

/** An offer as mail and as text, a reaction to `Bought`, and people who can be reached by both. */
export async function prepare(core: Core, databaseUrl: string, bench: Bench, people: number): Promise<void> {
  await call(core, 'POST', '/v1/apply', {
    version: 1,
    zones: [
      { key: 'email.main', channel: 'email' },
      { key: 'sms.main', channel: 'sms' },
    ],
    offers: [{ key: 'order', name: 'Order', value: 1 }],
    treatments: [
      { key: 'order', offer: 'order', channel: 'email', zones: ['email.main'], content: CONTENT },
      { key: 'order.sms', offer: 'order', channel: 'sms', zones: ['sms.main'], content: TEXT },
    ],
    reactions: [{ key: 'bought', on: { event: 'Bought' }, action: { channel: 'email', zone: 'email.main' } }],
  });
  for (let from = 0; from < people; from += PAGE)
    await call(core, 'POST', '/v1/batch', {
      batch: Array.from({ length: Math.min(PAGE, people - from) }, (_, index) => ({
        type: 'identify',
        userId: userIdOf(from + index),
        traits: { email: addressOf(from + index), phone: `+1415${3_000_000 + from + index}` },
      })),
    });
  const { left } = await untilProcessed(databaseUrl, bench.plan.patienceSeconds);
  if (left > 0) throw new Error(`${left} people are not known yet`);
}

export const userIdOf = (index: number) => `bench-${index}`;
export const addressOf = (index: number) => `bench-${index}@example.org`;

/** Plans a message to each of the first people, while everything is paused. */
export async function plan(
  core: Core,
  count: number,
  message: { channel: string; template: string },
): Promise<void> {
  await call(core, 'POST', '/v1/outbound/pause', { scope: 'all' });
  for (let from = 0; from < count; from += AT_A_TIME)
    await Promise.all(
      Array.from({ length: Math.min(AT_A_TIME, count - from) }, (_, index) =>
        call(core, 'POST', '/v1/messages', {
          identifiers: { userId: userIdOf(from + index) },
          class: 'transactional',
          ...message,
        }),
      ),
    );
}

/** Lets everything go. @returns seconds until nothing of a channel is left to send */
export async function letGo(core: Core, client: Client, bench: Bench, channel: string): Promise<number> {
  const started = performance.now();
  await call(core, 'POST', '/v1/outbound/resume', { scope: 'all' });
  return (await untilSent(client, bench, channel)) - started / 1000;
}

/** @returns when nothing of a channel is left to send, in seconds of `performance` */
export async function untilSent(client: Client, bench: Bench, channel: string): Promise<number> {
  const { patienceSeconds } = bench.plan;
  const started = performance.now();
  const says = async (name: string, text: string) =>
    (await client.query<{ left: boolean }>({ name, text, values: [channel] })).rows[0]?.left;
  for (;;) {
    const looksLeft = await says('looks-left', LOOKS_LEFT);
    const now = performance.now() / 1000;
    if (!looksLeft && !(await says('left', LEFT))) return now;
    if ((performance.now() - started) / 1000 > patienceSeconds)
      throw new Error('not all messages were handed over in time');
    await sleep(LOOK);
  }
}
