import { standardise } from '../standardise/standardise.js';
import { blockingKeys, favouredBy, refinements } from './blocking-keys.js';
import { candidatePairs } from './candidate-pairs.js';

const pairsOf = (codes: Float64Array, size: number): string[] =>
  Array.from(codes, (code) => `${Math.floor(code / size)}-${code % size}`);

describe('blockingKeys', () => {
  it('are none for a record of placeholders', () => {
    const record = standardise({
      first_name: 'N/A',
      last_name: 'unknown',
      email: 'null',
      phone: '000000',
      date_of_birth: '0000-00-00',
    });
    expect(blockingKeys(record)).toEqual([]);
    expect(refinements(record)).toEqual([]);
  });

  it('bring together what is written differently', () => {
    const a = blockingKeys(standardise({ full_name: 'Catherine Smith', date_of_birth: '05/03/1980' }));
    const b = blockingKeys(
      standardise({ first_name: 'Smyth', last_name: 'Katharine', date_of_birth: '1980-05-03' }),
    );
    expect(a.filter((key) => b.includes(key)).map((key) => key.slice(0, key.indexOf(':')))).toEqual([
      'names',
      'born',
      'name+year',
      'name+year',
      'name+day',
      'name+day',
    ]);
  });

  it('do not take a filled-in 1 January for a day', () => {
    const keys = blockingKeys(standardise({ first_name: 'Ann', date_of_birth: '1980-01-01' }));
    expect(keys.some((key) => key.startsWith('born:') || key.startsWith('name+day:'))).toBe(false);
  });

  it('know what they favour', () => {
    expect(favouredBy('email:ann@example.org')).not.toBe(0);
    expect(favouredBy('nothing:x')).toBe(0);
  });
});

describe('candidatePairs', () => {
  it('compares nobody with a flood of placeholders', () => {
    const nobody = Array.from({ length: 5_000 }, () =>
      standardise({ first_name: 'null', email: 'none', phone: '-1' }),
    );
    expect(candidatePairs(nobody).codes).toHaveLength(0);
  });

  it('gives each pair of a small block once', () => {
    const record = standardise({ first_name: 'Ann', last_name: 'Lee', email: 'ann@example.org' });
    expect(pairsOf(candidatePairs([record, record, record]).codes, 3)).toEqual(['0-1', '0-2', '1-2']);
  });

  it('parts a large block by what its records share beside, and drops nobody', () => {
    const records = Array.from({ length: 400 }, (_, i) =>
      standardise({
        phone: '+442079460018',
        postal_code: `AB${Math.floor(i / 2)}`,
        date_of_birth: '1980-03-05',
      }),
    );
    const { codes, refined } = candidatePairs(records);
    const pairs = new Set(pairsOf(codes, 400));
    expect(refined).toBeGreaterThan(0);
    for (let i = 0; i < 400; i += 2) expect(pairs).toContain(`${i}-${i + 1}`);
    expect(codes.length).toBeLessThan(10_000);
  });

  it('compares neighbours where no key tells records apart, and counts that', () => {
    const record = standardise({ first_name: 'Ann', last_name: 'Lee' });
    const { codes, windowed } = candidatePairs(Array.from({ length: 1_000 }, () => record));
    expect(windowed).toBeGreaterThan(0);
    expect(codes.length).toBeGreaterThanOrEqual(999);
    expect(codes.length).toBeLessThan(4_000);
  });
});
