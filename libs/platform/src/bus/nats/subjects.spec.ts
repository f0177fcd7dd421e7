import fc from 'fast-check';
import { durableOf, subjectOf } from './subjects.js';

describe('subjects and durable names', () => {
  it('are what one reads in the documents', () => {
    expect(subjectOf('delivery.due')).toBe('repartee.delivery.due');
    expect(subjectOf('connector.sms-twilio.deliver')).toBe('repartee.connector.sms-twilio.deliver');
    expect(durableOf('connector.sms-twilio.deliver')).toBe('connector_sms-twilio_deliver');
  });

  it('are allowed by NATS and differ whenever the types do', () => {
    const odd = fc.string({ unit: fc.constantFrom('a', '.', '_', '*', '>', ' ', '%', '=', 'ö', '\n', '/') });
    const type = fc.oneof(fc.string({ minLength: 1 }), odd).filter((text) => text !== '');
    fc.assert(
      fc.property(type, type, (one, other) => {
        expect(subjectOf(one)).toMatch(/^repartee(\.[\w:%-]+)+$/);
        expect(durableOf(one)).toMatch(/^[\w=-]+$/);
        if (Buffer.from(one).equals(Buffer.from(other))) return;
        expect(subjectOf(one)).not.toBe(subjectOf(other));
        expect(durableOf(one)).not.toBe(durableOf(other));
      }),
      { numRuns: 2_000 },
    );
  });
});
