import { Analytics } from '@segment/analytics-node';
import type { Order, User } from '../catalogue/product.js';

const PATIENCE_MS = 3000;

/**
 * What the shop's server tells the hub, through Segment's own SDK. Each call waits until the events are visible to
 * decisions, or a few seconds: the customer's next page should already know. A hub that is away never stops a sale;
 * the SDK then tries again by itself.
 */
export class HubEvents {
  private readonly analytics: Analytics;

  constructor(hubUrl: string, serverKey: string) {
    this.analytics = new Analytics({
      writeKey: serverKey,
      host: hubUrl.replace(/\/+$/, ''),
      path: '/v1/batch',
      flushAt: 1,
      maxRetries: 10,
      httpRequestTimeout: 5000,
      httpClient: (address, request) =>
        fetch(address, { ...request, headers: { ...request.headers, prefer: 'visible, wait=2' } }),
    });
    this.analytics.on('error', ({ code, reason }) => {
      process.stderr.write(`storefront: events not delivered: ${code} ${String(reason ?? '')}\n`);
    });
  }

  signedIn(user: User, anonymousId: string | undefined): Promise<void> {
    const event = {
      userId: user.id,
      ...(anonymousId ? { anonymousId } : {}),
      traits: { email: user.email, name: user.name, phone: user.phone },
    };
    return orPatienceEnds((done) => this.analytics.identify(event, done));
  }

  orderCompleted(order: Order, user: User | null, anonymousId: string): Promise<void> {
    const event = {
      event: 'Order Completed',
      anonymousId,
      properties: {
        order_id: order.orderId,
        total: order.total,
        currency: order.currency,
        ...(order.offers.length > 0 ? { coupon: order.offers.join(',') } : {}),
        products: order.lines.map(({ product, quantity }) => ({
          product_id: product.id,
          sku: product.sku,
          name: product.name,
          category: product.category,
          price: product.price,
          quantity,
        })),
      },
    };
    const whose = user ? { ...event, userId: user.id } : event;
    return orPatienceEnds((done) => this.analytics.track(whose, done));
  }

  /** Tells who the demonstration's customers are; told again, nothing changes. */
  async introduce(customers: readonly User[]): Promise<void> {
    await Promise.all(
      customers.map(({ id, email, name, phone }) =>
        orPatienceEnds((done) =>
          this.analytics.identify(
            { userId: id, traits: { email, name, phone }, messageId: `introduced-${id}` },
            done,
          ),
        ),
      ),
    );
  }

  async close(): Promise<void> {
    await this.analytics.closeAndFlush({ timeout: PATIENCE_MS });
  }
}

/** Waits for the delivery, but not for ever: the SDK goes on trying when we no longer wait. */
function orPatienceEnds(send: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE_MS);
    send(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
