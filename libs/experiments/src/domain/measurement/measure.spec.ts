import { orderFact, STRANGER, type ProfileView } from '@repartee/profile/domain';
import { running } from '../testing/sample-experiment.js';
import { measure, measuresBefore, type Happening } from './index.js';

const at = Date.UTC(2026, 4, 1);
const happening = (more: Partial<Happening>): Happening => ({ eventId: 'e1', at, ...more });
const order = (name: string, properties: object) =>
  happening({
    order: orderFact({
      id: 'e1',
      name,
      occurredAt: at,
      properties: { order_id: 'o1', currency: 'EUR', ...properties },
    })!,
  });
const experiment = running({
  goal: { key: 'yes', of: 'accept' },
  metrics: [
    { key: 'any-click', of: 'click', offer: 'other' },
    { key: 'orders', of: 'order', cuped: true },
    { key: 'revenue', of: 'revenue', currency: 'EUR', cuped: true },
    { key: 'watched', of: 'event', event: 'Watched', property: 'minutes', cuped: true },
    { key: 'watchers', of: 'event', event: 'Watched' },
  ],
});
const values = (one: Happening) =>
  Object.fromEntries(measure(experiment, one).map(({ metric, key, value }) => [metric, [key, value]]));

describe('measuring', () => {
  it('counts responses to the offer the metric means', () => {
    expect(values(happening({ response: { type: 'accept', offer: 'a' } }))).toEqual({ yes: ['e1', 1] });
    expect(values(happening({ response: { type: 'convert', offer: 'a' } }))).toEqual({ yes: ['e1', 1] });
    expect(values(happening({ response: { type: 'accept', offer: 'other' } }))).toEqual({});
    expect(values(happening({ response: { type: 'click', offer: 'other' } }))).toEqual({
      'any-click': ['e1', 1],
    });
  });

  it('counts an order once, in its currency, less what comes back', () => {
    const completed = { orders: ['order:o1', 1], revenue: ['order:o1', 49.9] };
    expect(values(order('Order Completed', { total: 49.9 }))).toEqual(completed);
    expect(values(order('Order Completed', { total: 49.9, currency: 'USD' }))).toEqual({
      orders: ['order:o1', 1],
    });
    expect(values(order('Order Cancelled', {}))).toEqual({
      orders: ['order:o1', 0],
      revenue: ['order:o1', 0],
    });
    expect(measure(experiment, order('Order Refunded', { total: 10 }))).toEqual([
      { metric: 'revenue', key: 'refund:e1', value: -10, needs: 'order:o1' },
    ]);
  });

  it('counts events, or adds up what they say', () => {
    const watched = happening({ event: { name: 'Watched', properties: { minutes: 12 } } });
    expect(values(watched)).toEqual({ watched: ['e1', 12], watchers: ['e1', 1] });
    const odd = happening({ event: { name: 'Watched', properties: { minutes: 'long' } } });
    expect(values(odd)).toEqual({ watched: ['e1', 0], watchers: ['e1', 1] });
  });

  it('knows what was before, where a metric asks', () => {
    const view = {
      ...STRANGER,
      computed: { orders_count: 3, orders_by_currency: { EUR: { count: 2, total: 80 } } },
      events: { Watched: { count: 5 } },
    } as unknown as ProfileView;
    expect(measuresBefore(experiment, view)).toEqual({ orders: 3, revenue: 80, watched: 5 });
    expect(measuresBefore(experiment, STRANGER)).toEqual({ orders: 0, revenue: 0, watched: 0 });
    expect(measuresBefore(running(), view)).toBeNull();
  });
});
