import fc from 'fast-check';
import {
  type ConsentAsked,
  consentCovers,
  consentKey,
  consentSubject,
  standingConsent,
} from './consent-scope.js';

const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,9}$/);
const subject = fc.record(
  { channel: word, purpose: word, brand: word, sender: fc.stringMatching(/^[a-z0-9+][a-z0-9@._-]{0,9}$/) },
  { requiredKeys: ['channel'] },
);

describe('the name of a consent', () => {
  it('says all of it', () => {
    fc.assert(
      fc.property(subject, (one) => {
        expect(consentSubject(consentKey(one))).toEqual({ purpose: 'marketing', ...one });
      }),
    );
  });

  it.each([
    [{ channel: 'email' }, 'email'],
    [{ channel: 'email', purpose: 'newsletter' }, 'newsletter/email'],
    [{ channel: 'sms', sender: '+14155550100', purpose: 'all' }, 'all/sms@+14155550100'],
    [{ channel: 'email', brand: 'acme', sender: 'News@Shop.example' }, 'email#acme@news@shop.example'],
    [{ dataUse: 'analytics' }, 'data:analytics'],
  ])('of %j is %s', (one, key) => expect(consentKey(one)).toBe(key));
});

describe('a consent', () => {
  const asked: ConsentAsked = {
    channel: 'sms',
    class: 'marketing',
    purpose: 'newsletter',
    brand: 'acme',
    sender: '+1',
  };
  it.each([
    ['sms', true],
    ['newsletter/sms', true],
    ['billing/sms', false],
    ['sms#acme', true],
    ['sms#other', false],
    ['sms@+1', true],
    ['sms@+2', false],
    ['all/sms', true],
    ['newsletter/sms#acme@+1', true],
    ['email', false],
    ['data:sms', false],
  ])('%s has a say: %s', (key, expected) => {
    expect(consentCovers(consentSubject(key), asked)).toBe(expected);
  });

  it('for all purposes alone holds for transactional messages', () => {
    const bill: ConsentAsked = {
      channel: 'sms',
      class: 'transactional',
      purpose: 'newsletter',
      sender: '+1',
    };
    expect(
      ['sms', 'newsletter/sms', 'sms@+1', 'all/sms@+1'].map((key) =>
        consentCovers(consentSubject(key), bill),
      ),
    ).toEqual([false, false, false, true]);
  });

  it('that is the most restrictive counts', () => {
    const status = (consents: Record<string, 'granted' | 'pending' | 'denied'>) =>
      standingConsent(
        Object.fromEntries(Object.entries(consents).map(([key, one]) => [key, { status: one }])),
        asked,
      );
    expect(status({ sms: 'granted', 'sms@+1': 'denied', 'newsletter/sms': 'pending' })).toBe('denied');
    expect(status({ sms: 'granted', 'newsletter/sms': 'pending' })).toBe('pending');
    expect(status({ sms: 'granted', 'sms@+2': 'denied' })).toBe('granted');
    expect(status({ email: 'denied' })).toBeUndefined();
  });
});
