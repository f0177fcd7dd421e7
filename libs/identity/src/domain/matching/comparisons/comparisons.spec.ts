import fc from 'fast-check';
import { STANDARD_SLOTS, type StandardFields } from '../standard-fields.js';
import type { NameLevels } from './compare-names.js';
import { compareDates, compareEmails, comparePhones, comparePostal, compareText } from './compare-values.js';
import { MISSING } from './comparison.js';
import { COMPARISONS, compareRecords } from './comparisons.js';

const names = (): NameLevels => ({ given: 0, family: 0, swapped: false });

function levelsOf(a: StandardFields, b: StandardFields): Record<string, string> {
  const levels = new Int8Array(COMPARISONS.length);
  compareRecords(a, b, levels, names());
  return Object.fromEntries(
    COMPARISONS.flatMap(({ name, levels: labels }, k) =>
      levels[k] === MISSING ? [] : [[name, labels[levels[k] as number] as string]],
    ),
  );
}

describe('COMPARISONS', () => {
  it('are answered each at its own place', () => {
    for (const { name, slot } of COMPARISONS) {
      if (name === 'name_order' || name === 'name_in_email') continue;
      expect(Object.keys(levelsOf({ [slot]: 'value@x' }, { [slot]: 'value@x' }))).toContain(name);
    }
  });

  it('start from probabilities that sum to one, and agreement that speaks for one person', () => {
    for (const { m, u, shared, levels } of COMPARISONS)
      for (const row of shared ? [m, u, shared] : [m, u]) {
        expect(row).toHaveLength(levels.length);
        expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      }
  });

  it('come after those that they depend on', () => {
    COMPARISONS.forEach(({ given }, k) => {
      if (given) expect(COMPARISONS.findIndex(({ name }) => name === given)).toBeLessThan(k);
    });
  });

  it('say nothing where a value is missing on either side', () => {
    const full = Object.fromEntries(STANDARD_SLOTS.map((slot) => [slot, 'ab@c']));
    expect(levelsOf({}, {})).toEqual({});
    const answered = Object.keys(levelsOf(full, {}));
    expect(answered).toEqual([]);
  });

  it('say the same whichever record comes first', () => {
    const word = fc.stringMatching(/^[ab]{1,5}( [ab]{1,3})?$/);
    const date = fc.constantFrom('1980-03-05', '1980-05-03', '1981-01-01', '1980-00-00');
    const slots = Object.fromEntries(
      STANDARD_SLOTS.map((slot) => [
        slot,
        slot === 'born' ? date : slot === 'email' ? word.map((w) => `${w}@x.com`) : word,
      ]),
    );
    const record = fc.record(slots, { requiredKeys: [] }) as fc.Arbitrary<StandardFields>;
    fc.assert(
      fc.property(record, record, (a, b) => expect(levelsOf(a, b)).toEqual(levelsOf(b, a))),
      { numRuns: 2000 },
    );
  });
});

describe('names', () => {
  it.each([
    [{ given: 'robert' }, { given: 'bob' }, { given_name: 'nickname' }],
    [{ given: 'robert' }, { given: 'r' }, { given_name: 'short form' }],
    [{ given: 'robert' }, { given: 'rboert' }, { given_name: 'typing error' }],
    [{ given: 'robert' }, { given: 'susan' }, { given_name: 'different' }],
    [
      { given: 'hall', family: 'isla' },
      { given: 'isla', family: 'hall' },
      { given_name: 'exact', family_name: 'exact', name_order: 'swapped' },
    ],
  ])('compares %j with %j', (a, b, expected) => expect(levelsOf(a, b)).toMatchObject(expected));
});

describe('dates', () => {
  it.each([
    ['1980-03-05', '1980-03-05', 0],
    ['1980-03-05', '1980-05-03', 1],
    ['1980-03-05', '1980-03-06', 1],
    ['1980-03-05', '1980-03-27', 2],
    ['1980-03-05', '1980-01-01', 3],
    ['1980-03-05', '1980-00-00', 3],
    ['1980-03-05', '1981-03-06', 4],
    ['1980-03-05', '1955-11-29', 5],
  ])('compares %s with %s', (a, b, level) => expect(compareDates(a, b)).toBe(level));
});

describe('other values', () => {
  it('compares words', () => {
    expect(compareText('high st', 'st high')).toBe(1);
    expect(compareText('london', 'lonon')).toBe(1);
    expect(compareText('greater london', 'london')).toBe(2);
    expect(compareText('london', 'paris')).toBe(3);
  });

  it('compares postal codes', () => {
    expect(comparePostal('sw1a2bj', 'sw1a2hr')).toBe(2);
    expect(comparePostal('sw1a2bj', 'sw1a2bk')).toBe(1);
    expect(comparePostal('2602', '4802')).toBe(3);
  });

  it('compares telephone numbers with and without their country code', () => {
    expect(comparePhones('+442079460018', '2079460018')).toBe(0);
    expect(comparePhones('+442079460018', '+442079460019')).toBe(1);
    expect(comparePhones('+442079460018', '+4930901820')).toBe(2);
  });

  it('compares e-mail addresses, and does not count a name twice', () => {
    expect(compareEmails('kite77@x.com', 'kite77@y.org', ['ann', 'lee'])).toBe(2);
    expect(compareEmails('ann.lee@x.com', 'ann.lee@yahoo.org', ['ann', 'lee'])).toBe(MISSING);
    expect(compareEmails('ann.lee@x.com', 'ann.le@x.com', ['ann', 'lee'])).toBe(1);
    expect(compareEmails('ann.lee@x.com', 'bob@y.org', ['ann', 'lee'])).toBe(4);
  });

  it('finds a name in the address of the other record', () => {
    expect(levelsOf({ email: 'annabel.lee@x.com' }, { given: 'annabel' })).toEqual({
      name_in_email: 'found',
    });
    expect(levelsOf({ email: 'office@x.com' }, { given: 'annabel' })).toEqual({ name_in_email: 'absent' });
  });
});
