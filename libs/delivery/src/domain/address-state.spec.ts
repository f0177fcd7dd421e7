import fc from 'fast-check';
import {
  addressRefuses,
  type AddressNews,
  type AddressState,
  hearOfAddress,
  SOFT_BOUNCES,
  SOFT_WINDOW,
  undeliverable,
} from './address-state.js';

const at = fc.integer({ min: 0, max: 30 });
const id = fc.integer({ min: 0, max: 999 }).map(String);
const news: fc.Arbitrary<AddressNews> = fc.oneof(
  fc.record({
    kind: fc.constant('bounce' as const),
    permanent: fc.boolean(),
    at,
    id,
    cause: fc.constant('c'),
  }),
  fc.record({ kind: fc.constant('proof' as const), at }),
  fc.record({
    kind: fc.constant('consent' as const),
    key: fc.constantFrom('sms', 'sms@+1', 'all/sms@+1'),
    status: fc.constantFrom('granted' as const, 'denied' as const),
    at,
    id,
  }),
);
const hear = (all: readonly AddressNews[]) => all.reduce<AddressState>(hearOfAddress, {});
const nobody = () => undefined;

describe('what is heard of an address', () => {
  it('comes to the same in any order and however often it comes', () => {
    const once = fc.uniqueArray(news, {
      selector: (one) => ('id' in one ? one.id : `proof ${one.at}`),
      maxLength: 30,
    });
    fc.assert(
      fc.property(
        once.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length }),
            fc.shuffledSubarray(all),
          ),
        ),
        ([all, shuffled, again]) => expect(hear([...shuffled, ...again])).toEqual(hear(all)),
      ),
      { numRuns: 500 },
    );
  });
});

describe('an address', () => {
  const soft = (n: number, from = 100): AddressNews[] =>
    Array.from({ length: n }, (_, i) => ({
      kind: 'bounce',
      permanent: false,
      at: from + i,
      id: `s${i}`,
      cause: 'full',
    }));
  const hard: AddressNews = { kind: 'bounce', permanent: true, at: 100, id: 'h', cause: '5.1.1' };

  it('is undeliverable after a permanent bounce, until it is proved later', () => {
    expect(undeliverable(hear([hard]), 200)).toEqual({ since: 100, cause: '5.1.1' });
    expect(undeliverable(hear([hard, { kind: 'proof', at: 99 }]), 200)).toBeDefined();
    expect(undeliverable(hear([hard, { kind: 'proof', at: 101 }]), 200)).toBeUndefined();
  });

  it('is undeliverable after some temporary ones within the window', () => {
    expect(undeliverable(hear(soft(SOFT_BOUNCES - 1)), 200)).toBeUndefined();
    expect(undeliverable(hear(soft(SOFT_BOUNCES)), 200)).toMatchObject({ since: 100 + SOFT_BOUNCES - 1 });
    expect(undeliverable(hear(soft(SOFT_BOUNCES)), 102 + SOFT_WINDOW)).toBeUndefined();
    expect(undeliverable(hear([...soft(SOFT_BOUNCES), { kind: 'proof', at: 103 }]), 200)).toBeUndefined();
  });
});

describe('the refusal of an address', () => {
  const stop = hear([{ kind: 'consent', key: 'all/sms@+1', status: 'denied', at: 5, id: 'a' }]);
  const asked = { channel: 'sms', class: 'transactional', sender: '+1' } as const;

  it.each([
    ['what it covers', asked, true],
    ['another sender', { ...asked, sender: '+2' }, false],
    ['a sender that is not known beforehand', { ...asked, sender: undefined }, true],
    ['another channel', { ...asked, channel: 'email' }, false],
  ])('and %s', (_what, what, expected) => expect(addressRefuses(stop, what, nobody)).toBe(expected));

  it('gives way to the person’s own newer word on the same, and to no older one', () => {
    expect(addressRefuses(stop, asked, () => 6)).toBe(false);
    expect(addressRefuses(stop, asked, () => 4)).toBe(true);
  });
});
