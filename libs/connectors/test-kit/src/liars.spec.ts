import { accepted, rejected, unknown, type ConnectorDefinition } from '@repartee/connector-sdk';
import { checks } from './checks/index.js';
import { inProcess } from './in-process.js';
import { runCheck } from './run-check.js';
import { pager, pagerSuite } from './testing/pager.js';

const suite = pagerSuite('');
const honest: ConnectorDefinition = pager;

async function check(id: string, more: Partial<ConnectorDefinition>) {
  const found = checks.find((one) => one.id === id);
  if (!found) throw new Error(`no check ${id}`);
  const definition = { ...honest, ...more };
  await runCheck(found, definition, suite, await inProcess.open(definition));
}

type Deliver = NonNullable<ConnectorDefinition['deliver']>;
const send: Deliver = async (action, ctx) => (await honest.deliver?.(action, ctx)) ?? unknown();

describe('the contract finds out a connector that', () => {
  const lies: [string, string, Partial<ConnectorDefinition>][] = [
    [
      'sends twice',
      'delivery.accepted',
      { deliver: async (a, c) => (await send(a, { ...c, idempotencyKey: 'x' + a.deliveryId }), send(a, c)) },
    ],
    ['sends to nobody', 'delivery.accepted', { deliver: async () => accepted() }],
    [
      'takes everything for accepted',
      'delivery.refused',
      { deliver: async (a, c) => (await send(a, c), accepted()) },
    ],
    [
      'forgets when to come back',
      'delivery.throttled',
      { deliver: async (a, c) => ({ ...(await send(a, c)), retryAfter: 1 }) },
    ],
    [
      'gives up for good on a broken provider',
      'delivery.failed',
      { deliver: async (a, c) => (await send(a, c), rejected('X', { retryable: false })) },
    ],
    [
      'calls silence a rejection',
      'delivery.accepted-in-silence',
      { deliver: (a, c) => send(a, c).catch(() => rejected('X', { retryable: true })) },
    ],
    [
      'sends the same again',
      'delivery.repeated',
      { deliver: (a, c) => send(a, { ...c, idempotencyKey: `${performance.now()}` }) },
    ],
    [
      'has one message of a batch spoil the others',
      'batch.partial',
      {
        deliverBatch: async (actions, c) => {
          const outcomes = await Promise.all(
            actions.map((a) => send(a, { ...c, idempotencyKey: a.idempotencyKey })),
          );
          const refused = outcomes.find(({ status }) => status === 'rejected');
          return refused ? actions.map(() => refused) : outcomes;
        },
      },
    ],
    ['finds what was never there', 'reconcile.never-taken', { reconcile: async () => accepted() }],
    ['finds nothing', 'reconcile.taken', { reconcile: async () => unknown() }],
    [
      'takes no answer for a no',
      'reconcile.no-answer',
      { reconcile: async () => rejected('X', { retryable: true }) },
    ],
    ['believes every webhook', 'webhook.forged', { verify: () => true }],
    ['believes none', 'webhook.genuine', { verify: () => false }],
    [
      'believes the host header',
      'webhook.behind-proxy',
      {
        verify: (raw, c) =>
          honest.verify?.(
            {
              ...raw,
              url: `https://${raw.headers['host'] ?? 'hub.example.org'}${new URL(raw.url).pathname}`,
            },
            c,
          ) ?? false,
      },
    ],
    ['hears nothing', 'webhook.genuine', { receive: () => ({ reply: { status: 204 }, facts: [] }) }],
    [
      'makes facts that are none',
      'webhook.repeated',
      { receive: () => ({ reply: { status: 204 }, facts: [{ kind: 'receipt', status: 'delivered' }] }) },
    ],
    ['takes an event that never arrived for heard', 'events.failed', { onEvent: async () => accepted() }],
    [
      'gives an event up for good when its provider breaks',
      'events.failed',
      { onEvent: async () => rejected('X', { retryable: false }) },
    ],
    ['claims receipts without the means', 'life.claims', { receive: undefined, verify: undefined }],
    [
      'never lets go',
      'life.abort',
      {
        deliver: async (a, c) =>
          send(a, { ...c, signal: new AbortController().signal }).catch(() => accepted()),
      },
    ],
  ];
  it.each(lies)(
    '%s',
    async (_title, id, lie) => {
      await expect(check(id, lie)).rejects.toThrow();
      // The honest one passes the same check, so it is the lie that was found.
      await check(id, {});
    },
    60_000,
  );
});
