import fc from 'fast-check';
import { eventSchema, eventTypes } from './events.js';
import { readEvent } from './read-event.js';

const instant = fc.oneof(
  fc
    .date({ min: new Date(0), max: new Date(Date.UTC(2300, 0)), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom(
    '2026-02-31T10:00:00.000Z',
    '2026-00-10T10:00:00.000Z',
    '2026-11-22',
    '1899-01-01T00:00:00.000Z',
    0,
    null,
  ),
);
const text = fc.oneof(
  fc.string(),
  fc.string({ minLength: 199, maxLength: 520 }),
  fc.constantFrom('', null, 7, {}, [], true),
);
const object = fc.oneof(
  fc.dictionary(fc.string(), fc.jsonValue()),
  fc.constantFrom(null, [], 'text', 1, new Date(0), Object.create(null)),
);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Events of senders with all kinds of habits, good and bad. */
const body = fc.record(
  {
    type: fc.oneof(fc.constantFrom<unknown>(...eventTypes), fc.constantFrom('tracks', null, 1)),
    messageId: optional(text),
    userId: optional(text),
    anonymousId: optional(text),
    previousId: optional(text),
    groupId: optional(text),
    event: optional(text),
    name: optional(text),
    category: optional(text),
    properties: optional(object),
    traits: optional(object),
    context: optional(object),
    integrations: optional(object),
    timestamp: optional(instant),
    originalTimestamp: optional(instant),
    sentAt: optional(instant),
    stranger: optional(fc.jsonValue()),
  },
  { requiredKeys: [] },
);

const said = (read: ReturnType<typeof readEvent>) =>
  read.success ? JSON.parse(JSON.stringify(read.data)) : read.error.issues;

describe('readEvent', () => {
  it('says what the schema says, of every body', () => {
    fc.assert(
      fc.property(body, fc.constantFrom(undefined, ...eventTypes), (sent, type) => {
        expect(said(readEvent(sent, type))).toEqual(said(eventSchema.safeParse({ type, ...sent })));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes a plain event as it is, without what it does not know', () => {
    const properties = { sku: 'A', price: 12 };
    const read = readEvent(
      { userId: 'ann', event: 'Product Viewed', properties, writeKey: 'k', extra: 1 },
      'track',
    );
    expect(read).toEqual({
      success: true,
      data: { type: 'track', userId: 'ann', event: 'Product Viewed', properties },
    });
  });
});
