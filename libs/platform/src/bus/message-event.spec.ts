import { cloudEventSchema } from '@repartee/contracts';
import { toCloudEvent } from './message-event.js';

describe('toCloudEvent', () => {
  const origin = { id: 'id-1', source: '/repartee/core', now: Date.UTC(2026, 0, 1), traceparent: undefined };

  it('makes what the published schema describes', () => {
    const event = toCloudEvent({ type: 'a', data: { x: 1 } }, origin);
    expect(cloudEventSchema.parse(event)).toEqual(event);
    expect(Object.keys(event)).not.toContain('subject');
    expect(event.time).toBe('2026-01-01T00:00:00.000Z');
  });

  it('takes the trace of the message before that of the moment', () => {
    const now = { ...origin, traceparent: 'current' };
    expect(toCloudEvent({ type: 'a', data: 1 }, now).traceparent).toBe('current');
    expect(toCloudEvent({ type: 'a', data: 1, traceparent: 'own' }, now).traceparent).toBe('own');
  });

  it('holds null for no data, and refuses a message without type', () => {
    expect(toCloudEvent({ type: 'a', data: undefined }, origin).data).toBeNull();
    expect(() => toCloudEvent({ type: '', data: 1 }, origin)).toThrow('needs a type');
  });
});
