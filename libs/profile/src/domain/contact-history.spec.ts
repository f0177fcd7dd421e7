import fc from 'fast-check';
import {
  type Contact,
  contactOutcomes,
  CONTACTS_KEPT,
  contactKey,
  mergeContacts,
  noteContact,
  readContactKey,
} from './contact-history.js';

const contact: fc.Arbitrary<Contact> = fc.record({
  offer: fc.constantFrom('a', 'b', 'constructor'),
  channel: fc.constantFrom('web', 'e/mail'),
  outcome: fc.constantFrom(...contactOutcomes.slice(0, 3)),
  at: fc.nat(1000),
});
const contacts = fc.array(contact, { maxLength: 120 });
const note = (list: Contact[]) => list.reduce(noteContact, {});

describe('a contact history', () => {
  it('is the same in whatever order contacts and histories come', () => {
    fc.assert(
      fc.property(contacts, contacts, (ours, theirs) => {
        const all = note([...ours, ...theirs]);
        expect(note([...theirs].reverse().concat(ours))).toEqual(all);
        expect(mergeContacts(note(theirs), note(ours))).toEqual(all);
        expect(mergeContacts(all, undefined)).toEqual(all);
      }),
    );
  });

  it('keeps the latest of each offer, channel and outcome', () => {
    fc.assert(
      fc.property(contacts, (list) => {
        const history = note(list);
        for (const one of list) {
          const same = list.filter(
            (other) => other.offer === one.offer && contactKey(other) === contactKey(one),
          );
          const times = same.map(({ at }) => at).sort((a, b) => a - b);
          expect(history[one.offer]?.[contactKey(one)]).toEqual(times.slice(-CONTACTS_KEPT));
          expect(readContactKey(contactKey(one))).toEqual({ channel: one.channel, outcome: one.outcome });
        }
      }),
    );
  });
});
