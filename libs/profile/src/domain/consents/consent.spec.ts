import fc from 'fast-check';
import { type ConsentEntry, type ConsentStatement, hearConsent, joinConsents } from './consent.js';
import { consentKey, consentSubject } from './consent-scope.js';

const word = (status: ConsentStatement['status'], at: number, ambient = false): ConsentStatement => ({
  status,
  at,
  eventId: `e${at}`,
  source: 'shop',
  ...(ambient && { ambient }),
});

function heard(words: ConsentStatement[]): ConsentEntry {
  let entry: ConsentEntry | undefined;
  for (const one of words) entry = hearConsent(entry, one);
  if (!entry) throw new Error('nobody said anything');
  return entry;
}

const words = fc.uniqueArray(
  fc
    .record({
      status: fc.constantFrom<ConsentStatement['status']>('granted', 'denied', 'pending'),
      at: fc.integer({ min: 0, max: 60 }),
      ambient: fc.boolean(),
    })
    .map(({ status, at, ambient }) => word(status, at, ambient)),
  { minLength: 1, maxLength: 40, selector: (one) => one.at },
);

describe('consents', () => {
  it('are the same in any order of arrival', () => {
    fc.assert(
      fc.property(
        words.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => expect(heard(shuffled)).toEqual(heard(all)),
      ),
    );
  });

  it('follow the latest word and keep those before it', () => {
    const entry = heard([word('granted', 1), word('denied', 5), word('granted', 3)]);
    expect(entry).toMatchObject({ status: 'denied', history: [{ at: 3 }, { at: 1 }] });
  });

  it('do not fill up with what SDKs repeat', () => {
    const repeated = Array.from({ length: 100 }, (_, at) => word('granted', at, true));
    expect(heard(repeated)).toEqual(word('granted', 99, true));
    expect(heard([word('denied', 50), ...repeated])).toMatchObject({
      status: 'granted',
      history: [{ at: 50 }],
    });
  });

  it('wait for the second opt-in, and lose nothing when it is asked for again', () => {
    expect(heard([word('pending', 1)]).status).toBe('pending');
    expect(heard([word('pending', 1), word('granted', 2)]).status).toBe('granted');
    expect(heard([word('granted', 1), word('pending', 2)]).status).toBe('granted');
    expect(heard([word('denied', 1), word('pending', 2)]).status).toBe('pending');
  });

  it('of two people who turn out to be one are the more restrictive, until a newer word', () => {
    const joined = joinConsents(heard([word('granted', 5)]), heard([word('denied', 3)]));
    expect(joined).toMatchObject({ status: 'denied', at: 5, history: [{ at: 5 }, { at: 3 }] });
    expect(hearConsent(joined, word('granted', 4)).status).toBe('denied');
    expect(hearConsent(joined, word('granted', 6)).status).toBe('granted');
    expect(joinConsents(heard([word('granted', 5)]), heard([word('pending', 9)])).status).toBe('pending');
  });

  it('are restrictive whichever side is joined to the other', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        const theirs = b.map((said) => ({ ...said, eventId: `o${said.at}` }));
        const [one, other] = [heard(a), heard(theirs)];
        expect(joinConsents(one, other).status).toBe(joinConsents(other, one).status);
      }),
    );
  });

  it('have names that say what they are for', () => {
    for (const subject of [{ channel: 'email' }, { channel: 'sms', purpose: 'surveys' }, { dataUse: 'ads' }])
      expect(consentSubject(consentKey(subject))).toMatchObject(subject);
  });
});
