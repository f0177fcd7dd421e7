import { FREE } from '@repartee/governance/domain';
import { emptyRecord, type GoldenRecord } from '@repartee/profile/domain';
import { type Delivery, MAX_ATTEMPTS, settle } from './delivery.js';
import { type GateInput, passGate } from './gate.js';

const now = Date.UTC(2026, 0, 15, 12);
const record = (change: Partial<GoldenRecord> = {}): GoldenRecord => ({
  ...emptyRecord('p1'),
  identifiers: [
    { namespace: 'email', value: 'claimed@example.org', verified: false },
    { namespace: 'email', value: 'ann@example.org', verified: true },
  ],
  ...change,
});
const delivery: Delivery = {
  id: 'd1',
  idempotencyKey: 'k1',
  profileId: 'p1',
  channel: 'email',
  class: 'marketing',
  status: 'planned',
  reason: null,
  offer: 'cart',
  treatment: 'cart-email',
  zone: 'email.main',
  decisionId: null,
  dialogueId: null,
  offerToken: null,
  origin: 'reaction:abandoned-cart',
  content: {},
  data: {},
  createdAt: now,
  sendAt: now,
  dueAt: now,
  queue: 'email',
  traceparent: null,
  validUntil: now + 1000,
  providerId: null,
  brand: null,
  address: null,
  purpose: null,
  attempts: 0,
  waits: 0,
};
const ask = (change: Partial<GateInput> = {}) =>
  passGate({
    delivery,
    record: record(),
    standing: FREE,
    unwanted: new Set(),
    uncalled: new Set(),
    addresses: new Map(),
    addressNamespace: 'email',
    pauses: [],
    quiet: null,
    staleAfter: 86_400_000,
    now,
    ...change,
  });
/** Addresses that bounced for good. */
const broken = (addresses: Iterable<string>) =>
  new Map([...addresses].map((one) => [one, { hard: { at: now, id: 'b', cause: '5.1.1' } }]));
const denied = { status: 'denied' as const, at: now, eventId: 'e', source: 's' };

describe('the send gate', () => {
  it('lets a message go to the proved address', () =>
    expect(ask()).toEqual({ verdict: 'send', address: 'ann@example.org' }));

  it('sends nothing to who restricted processing, objects to it, or may not be written to', () => {
    const restricted = { restricted: true, objections: [] };
    const objecting = { restricted: false, objections: ['direct_marketing' as const] };
    const transactional = { ...delivery, class: 'transactional' as const };
    expect(ask({ standing: restricted, delivery: transactional })).toMatchObject({ status: 'suppressed' });
    expect(ask({ standing: objecting })).toMatchObject({ status: 'suppressed' });
    expect(ask({ standing: objecting, delivery: transactional })).toMatchObject({ verdict: 'send' });
    const both = new Set(['ann@example.org', 'claimed@example.org']);
    expect(ask({ unwanted: both })).toMatchObject({ status: 'suppressed' });
    expect(ask({ unwanted: new Set(['ann@example.org']) })).toMatchObject({ address: 'claimed@example.org' });
    expect(ask({ addresses: broken(['ann@example.org']) })).toMatchObject({ address: 'claimed@example.org' });
    expect(ask({ addresses: broken(both) })).toMatchObject({
      status: 'suppressed',
      reason: 'the address is undeliverable: 5.1.1',
    });
  });

  it('lets a message for one address go there alone, and no refusal be got round', () => {
    const addressed = { ...delivery, address: 'claimed@example.org' };
    expect(ask({ delivery: addressed })).toEqual({ verdict: 'send', address: 'claimed@example.org' });
    expect(ask({ delivery: addressed, unwanted: new Set(['claimed@example.org']) })).toMatchObject({
      status: 'suppressed',
    });
    expect(ask({ delivery: { ...delivery, address: 'gone@example.org' } })).toMatchObject({
      verdict: 'stop',
    });
  });

  it.each([
    ['all', ''],
    ['channel', 'email'],
    ['offer', 'cart'],
    ['campaign', 'reaction:abandoned-cart'],
  ] as const)('holds while %s %s is paused', (scope, key) =>
    expect(ask({ pauses: [{ scope, key }] })).toMatchObject({ verdict: 'hold' }),
  );

  it('is not held by what is paused elsewhere', () =>
    expect(ask({ pauses: [{ scope: 'channel', key: 'sms' }] })).toMatchObject({ verdict: 'send' }));

  it('keeps marketing from who said no, and lets through what they need', () => {
    const refuses = record({ consents: { email: denied } });
    expect(ask({ record: refuses })).toMatchObject({ verdict: 'stop', status: 'suppressed' });
    const receipt: Delivery = { ...delivery, class: 'transactional' };
    expect(ask({ record: refuses, delivery: receipt })).toMatchObject({ verdict: 'send' });
    const unconfirmed = record({ consents: { email: { ...denied, status: 'pending' } } });
    expect(ask({ record: unconfirmed })).toMatchObject({ verdict: 'stop', status: 'suppressed' });
  });

  it('calls an expired offer stale, not sendable', () =>
    expect(ask({ delivery: { ...delivery, validUntil: now } })).toMatchObject({ verdict: 'stale' }));

  it('needs a person, an address and a connector', () => {
    expect(ask({ record: undefined })).toMatchObject({ verdict: 'stop', status: 'suppressed' });
    expect(ask({ record: record({ identifiers: [] }) })).toMatchObject({
      verdict: 'stop',
      status: 'rejected',
    });
    expect(ask({ addressNamespace: undefined })).toMatchObject({ verdict: 'stop', status: 'rejected' });
  });
});

describe('time', () => {
  const until = now + 3_600_000;

  it('holds a message in quiet hours, and says until when and by whose clock', () => {
    const delivered = { ...delivery, validUntil: null };
    expect(ask({ delivery: delivered, quiet: { until, zone: 'Europe/Vienna', known: true } })).toEqual({
      verdict: 'hold',
      reason: 'quiet hours until 2026-01-15T13:00:00.000Z (Europe/Vienna)',
      until,
    });
    expect(ask({ delivery: delivered, quiet: { until, zone: 'UTC', known: false } })).toMatchObject({
      reason: expect.stringContaining('not known') as string,
    });
  });

  it('keeps marketing from numbers that nobody calls, on channels for which that list holds', () => {
    const uncalled = new Set(['ann@example.org', 'claimed@example.org']);
    expect(ask({ uncalled })).toMatchObject({
      status: 'suppressed',
      reason: expect.stringContaining('do-not-call'),
    });
    expect(ask({ uncalled, delivery: { ...delivery, class: 'transactional' } })).toMatchObject({
      verdict: 'send',
    });
  });

  it('decides again what would be over by the end of quiet hours, or was held too long', () => {
    expect(ask({ quiet: { until, zone: 'UTC', known: true } })).toMatchObject({ verdict: 'stale' });
    const old = { ...delivery, validUntil: null, sendAt: now - 86_400_001 };
    expect(ask({ delivery: old })).toMatchObject({ verdict: 'stale', reason: 'it was held too long' });
    expect(ask({ delivery: { ...old, class: 'transactional' } })).toMatchObject({ verdict: 'send' });
  });
});

describe('settle', () => {
  const rejected = { status: 'rejected', code: 'X', retryable: true } as const;
  const tried = (attempt: number, connector = 'a', order = ['a']) => ({ attempt, connector, order });

  it('tries a known, retryable rejection again, later and later, and not for ever', () => {
    const wait = (attempt: number) => settle(rejected, tried(attempt), 0.5).retryIn ?? 0;
    expect(settle(rejected, tried(1), 0.5)).toMatchObject({ status: 'planned' });
    expect(wait(2)).toBeGreaterThan(wait(1));
    expect(settle({ ...rejected, retryAfter: 600 }, tried(1), 0).retryIn).toBe(600_000);
    expect(settle(rejected, tried(MAX_ATTEMPTS), 0)).toMatchObject({ status: 'rejected', reason: 'X' });
  });

  it('is no try when it was only told to come later, however often', () => {
    const later = { ...rejected, wait: true as const, retryAfter: 40 };
    expect(settle(later, tried(MAX_ATTEMPTS), 0)).toMatchObject({ status: 'planned', waited: true });
    expect(settle(later, tried(1), 0).retryIn).toBe(40_000);
    expect(settle(later, tried(1), 1).retryIn).toBe(50_000);
    expect(settle({ ...later, retryable: false }, tried(1), 0).status).toBe('rejected');
  });

  it('goes on to the next connector of the channel at once, and after the last to the first, later', () => {
    const order = ['a', 'b'];
    expect(settle(rejected, tried(1, 'a', order), 0)).toMatchObject({ retryIn: 0, next: 'b' });
    const back = settle(rejected, tried(2, 'b', order), 0);
    expect(back.next).toBeUndefined();
    expect(back.retryIn).toBeGreaterThan(0);
    expect(settle({ ...rejected, retryable: false }, tried(1, 'a', order), 0).status).toBe('rejected');
  });

  it('never tries the unknown again, with no connector', () => {
    for (const order of [['a'], ['a', 'b']])
      expect(settle({ status: 'unknown' }, tried(1, 'a', order), 0)).toEqual({
        status: 'unknown',
        reason: 'no answer from the provider',
      });
  });
});
