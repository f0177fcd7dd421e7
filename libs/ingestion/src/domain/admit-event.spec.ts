import fc from 'fast-check';
import { admitEvent, type Envelope } from './admit-event.js';

const envelope: Envelope = {
  source: 'shop',
  verified: false,
  receivedAt: Date.UTC(2026, 0, 1),
  type: 'track',
};
const event = { userId: 'u1', event: 'Product Viewed', messageId: 'm1' };
const admit = (body: unknown, more: Partial<Envelope> = {}) =>
  admitEvent(body, { ...envelope, ...more }, 'id-1');
const errors = (body: unknown) => {
  const admission = admit(body);
  if (!('rejected' in admission)) throw new Error('admitted');
  return admission.rejected.errors;
};

describe('admitEvent', () => {
  it('brings a good event into the form of the log', () => {
    expect(admit(event)).toMatchObject({
      admitted: {
        id: 'id-1',
        messageId: 'm1',
        type: 'track',
        name: 'Product Viewed',
        verified: false,
        source: 'shop',
      },
    });
  });

  it('keeps the write key out of the log', () => {
    const admission = admit({ ...event, writeKey: 'rp_pub_secretish' });
    expect(JSON.stringify(admission)).not.toContain('rp_pub_secretish');
  });

  it.each([
    ['a NUL', { ...event, properties: { note: 'a\u0000b' } }, '#/properties/note'],
    ['half a surrogate pair', { ...event, properties: { tags: ['ok', '\ud800'] } }, '#/properties/tags/1'],
    [
      '__proto__',
      JSON.parse('{"userId":"u","event":"e","properties":{"__proto__":{"admin":true}}}'),
      '#/properties',
    ],
    ['the year 40000', { ...event, timestamp: '+040000-01-01T00:00:00.000Z' }, '#/timestamp'],
    ['no person', { event: 'e' }, '#/userId'],
    ['no event name', { userId: 'u' }, '#/event'],
    ['a list for properties', { ...event, properties: [] }, '#/properties'],
    ['a number for an event', { ...event, event: 7 }, '#/event'],
    ['an unknown call', { ...event, type: 'destroy' }, '#/type'],
    ['a list', [event], '#'],
    ['nothing', null, '#'],
  ])('refuses %s and says where', (_name, body, pointer) => {
    expect(errors(body).map((error) => error.pointer)).toContain(pointer);
  });

  it('refuses 10,000 levels of nesting without overflowing', () => {
    const deep: unknown = JSON.parse('{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000));
    expect(errors({ ...event, properties: deep })[0]?.detail).toMatch(/deeper/);
  });

  it('refuses an event of 33 KB', () => {
    const admission = admit({ ...event, properties: { text: 'x'.repeat(33 * 1024) } });
    expect(admission).toMatchObject({ rejected: { code: 'INGESTION.EVENT_TOO_LARGE' } });
  });

  it('corrects the sender’s clock and never dates an event after its receipt', () => {
    const admission = admit({
      ...event,
      originalTimestamp: '2026-06-01T00:00:00.000Z',
      sentAt: '2026-06-01T00:00:10.000Z',
    });
    expect('admitted' in admission && admission.admitted.occurredAt).toBe(envelope.receivedAt - 10_000);
    const early = admit({ ...event, timestamp: '2099-01-01T00:00:00.000Z' });
    expect('admitted' in early && early.admitted.occurredAt).toBe(envelope.receivedAt);
  });

  it('never throws, whatever JSON comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        const admission = admit(body);
        expect('admitted' in admission || admission.rejected.errors.length > 0).toBe(true);
      }),
    );
  });
});
