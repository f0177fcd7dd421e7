import { standardise } from '../standardise/standardise.js';
import { blockingKeys, favouredBy } from './blocking-keys.js';
import { candidatePairs, LARGEST_BLOCK } from './candidate-pairs.js';

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

  it('takes nobody together by a block that is too large, and counts it', () => {
    const crowd = (size: number) =>
      Array.from({ length: size }, (_, i) =>
        standardise({ phone: '+442079460018', email: `person${Math.floor(i / 2)}@example.org` }),
      );
    const { codes, tooLarge } = candidatePairs(crowd(LARGEST_BLOCK));
    expect(codes).toHaveLength((LARGEST_BLOCK * (LARGEST_BLOCK - 1)) / 2);
    expect(tooLarge).toBe(0);
    const more = candidatePairs(crowd(LARGEST_BLOCK + 2));
    expect(pairsOf(more.codes, LARGEST_BLOCK + 2)).toEqual(
      Array.from({ length: LARGEST_BLOCK / 2 + 1 }, (_, i) => `${2 * i}-${2 * i + 1}`),
    );
    expect(more.tooLarge).toBe(1);
  });
});
