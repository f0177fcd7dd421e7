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
  validUntil: now + 1000,
  providerId: null,
  attempts: 0,
};
const ask = (change: Partial<GateInput> = {}) =>
  passGate({
    delivery,
    record: record(),
    standing: FREE,
    unwanted: new Set(),
    addressNamespace: 'email',
    pauses: [],
    now,
    ...change,
  });
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
    expect(ask({ unwanted: new Set(['ann@example.org']) })).toMatchObject({ status: 'suppressed' });
    expect(ask({ unwanted: new Set(['claimed@example.org']) })).toMatchObject({ verdict: 'send' });
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

describe('settle', () => {
  const rejected = { status: 'rejected', code: 'X', retryable: true } as const;

  it('tries a known, retryable rejection again, later and later, and not for ever', () => {
    expect(settle(rejected, 1, 0.5)).toMatchObject({ status: 'planned' });
    expect(settle(rejected, 2, 0.5).retryIn).toBeGreaterThan(settle(rejected, 1, 0.5).retryIn ?? 0);
    expect(settle({ ...rejected, retryAfter: 600 }, 1, 0).retryIn).toBe(600_000);
    expect(settle(rejected, MAX_ATTEMPTS, 0)).toMatchObject({ status: 'rejected', reason: 'X' });
  });

  it('never tries the unknown again', () => {
    expect(settle({ status: 'unknown' }, 1, 0)).toEqual({
      status: 'unknown',
      reason: 'no answer from the provider',
    });
  });
});
