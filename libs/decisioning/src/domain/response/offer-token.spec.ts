import { stages } from '@repartee/learning/domain';
import fc from 'fast-check';
import { isLateAccept, offerExpired } from './late-accept.js';
import { decodeOfferToken, encodeOfferToken, type OfferToken } from './offer-token.js';

const key = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,63}$/);
const moment = fc.integer({ min: 0, max: 2 ** 45 });
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });
const token: fc.Arbitrary<OfferToken> = fc.record({
  decisionId: fc.uuid(),
  offer: key,
  treatment: key,
  zone: key,
  channel: key,
  stage: fc.constantFrom(...stages),
  profileId: fc.option(fc.uuid()),
  anonymousId: fc.option(fc.oneof(fc.uuid(), text)),
  dialogueId: fc.uuid(),
  issuedAt: moment,
  validUntil: moment,
  reserved: fc.boolean(),
});

describe('the payload of an offer token', () => {
  it('comes back as it was', () => {
    fc.assert(fc.property(token, (one) => expect(decodeOfferToken(encodeOfferToken(one))).toEqual(one)));
  });

  it('never throws on what is not a token', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        decodeOfferToken(Buffer.from(bytes));
        decodeOfferToken(Buffer.from([1, 0, ...bytes]));
      }),
    );
    const whole = encodeOfferToken(fc.sample(token, 1)[0]!);
    for (let end = 0; end < whole.length; end += 1)
      expect(decodeOfferToken(whole.subarray(0, end))).toBeNull();
  });

  it('stays short enough for a link', () => {
    const [one] = fc.sample(token, 1);
    const typical = {
      ...one!,
      offer: 'cart-reminder',
      treatment: 'cart-reminder.web',
      zone: 'home.hero',
      channel: 'web',
      anonymousId: '01234567-89ab-7def-8123-456789abcdef',
      profileId: '01234567-89ab-7def-8123-456789abcdef',
    };
    expect(encodeOfferToken(typical).length).toBeLessThan(140);
  });
});

describe('a late response', () => {
  const expired = { offer: 'cart', validUntil: Date.UTC(2026, 0, 1) };

  it('is refused only when it accepts', () => {
    expect(isLateAccept('accept', expired, expired.validUntil)).toBe(true);
    expect(isLateAccept('accept', expired, expired.validUntil - 1)).toBe(false);
    expect(isLateAccept('click', expired, expired.validUntil + 1)).toBe(false);
  });

  it('names what there is instead', () => {
    expect(offerExpired(expired, null)).toMatchObject({
      code: 'OFFER.EXPIRED',
      status: 409,
      detail: 'The offer cart could be accepted until 2026-01-01T00:00:00.000Z.',
      extra: { replacement: null },
    });
  });
});
