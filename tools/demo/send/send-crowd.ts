import { dollars } from '../purchases/cents.js';
import { type Dataset, emailOf, userIdOf } from '../purchases/dataset.js';
import type { Purchase } from '../purchases/purchase.js';
import type { Progress } from '../report/progress.js';
import { Sender, type SenderSettings } from './sender.js';

/** What was sent, and how long it took until all of it was durable. */
export interface Sent {
  events: number;
  delivered: number;
  lost: number;
  firstLoss?: string;
  seconds: number;
}

/** Turns that a busy loop may take before timers and sockets get theirs. */
const SLICE = 100;

export function identifyMessage(dataset: Dataset, first: Purchase) {
  const { customer } = first;
  return {
    userId: userIdOf(dataset, customer),
    messageId: `${dataset.key}-customer-${customer}`,
    timestamp: new Date(first.at),
    traits: { email: emailOf(dataset, customer) },
  };
}

/** The line number makes the purchase: equal lines are two orders, and the same line again is none. */
export function orderMessage(dataset: Dataset, { customer, line, at, units, cents }: Purchase) {
  return {
    userId: userIdOf(dataset, customer),
    event: 'Order Completed',
    messageId: `${dataset.key}-line-${line}`,
    timestamp: new Date(at),
    properties: {
      order_id: `${dataset.key}-${line}`,
      total: Number(dollars(cents)),
      currency: 'USD',
      products: [{ product_id: 'cd', name: 'Compact disc', quantity: units }],
    },
  };
}

/**
 * Sends who the customers are, then what they bought. An order that overtook its customer's address would find
 * nowhere to send an offer to, so the orders wait until every address is durable.
 */
export async function sendCrowd(
  dataset: Dataset,
  settings: SenderSettings,
  { progress, signal }: { progress: Progress; signal: AbortSignal },
): Promise<Sent> {
  const sender = new Sender(settings);
  const began = performance.now();
  const firsts = new Map<string, Purchase>();
  for (const purchase of dataset.purchases) {
    if (!firsts.has(purchase.customer)) firsts.set(purchase.customer, purchase);
  }
  const stage = async <T>(
    label: string,
    items: T[],
    send: (item: T) => Promise<void>,
    say?: (item: T) => string,
  ) => {
    const before = sender.delivered;
    await progress.follow(label, items.length, async (advance) => {
      for (const [index, item] of items.entries()) {
        await send(item);
        if (index % SLICE > 0) continue;
        signal.throwIfAborted();
        advance(sender.delivered - before, say?.(item));
        await new Promise(setImmediate);
      }
      await untilDrained(sender, signal, () => advance(sender.delivered - before));
    });
  };
  try {
    await stage('Customers', [...firsts.values()], (first) =>
      sender.identify(identifyMessage(dataset, first)),
    );
    await stage(
      'Purchases',
      dataset.purchases,
      (purchase) => sender.track(orderMessage(dataset, purchase)),
      ({ customer, units, cents }) =>
        `customer ${customer}: ${units} ${units === 1 ? 'CD' : 'CDs'}, ${dollars(cents)} USD`,
    );
  } finally {
    await sender.close();
  }
  const { delivered, lost, firstLoss } = sender;
  return {
    events: firsts.size + dataset.purchases.length,
    delivered,
    lost,
    ...(firstLoss !== undefined && { firstLoss }),
    seconds: (performance.now() - began) / 1000,
  };
}

async function untilDrained(sender: Sender, signal: AbortSignal, advance: () => void): Promise<void> {
  const timer = setInterval(advance, 100);
  let stopped = () => {};
  const abort = new Promise<never>((_, reject) => {
    stopped = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stopped);
  });
  try {
    await Promise.race([sender.drained(), abort]);
    advance();
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', stopped);
  }
}
