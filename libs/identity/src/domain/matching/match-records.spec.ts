import fc from 'fast-check';
import { learnModel } from './learning/learn-model.js';
import type { MatchRecord, SourceFields } from './match-record.js';
import { matchRecords } from './match-records.js';
import { defaultModel } from './scoring/default-model.js';
import { PairScorer, scorePair } from './scoring/pair-scorer.js';
import { standardise } from './standardise/standardise.js';

const record = (id: string, fields: SourceFields): MatchRecord => ({ id, source: 'test', at: 0, fields });
const GIVEN = ['ann', 'robert', 'maria', 'peter', 'susan', 'george', 'laura', 'frank'];
const FAMILY = [
  'smith',
  'jones',
  'okafor',
  'lindqvist',
  'moreau',
  'tanaka',
  'novak',
  'silva',
  'kaya',
  'brown',
];
const PLACES = ['york', 'leeds', 'hull', 'bath'];

/** Forty people, every third of them twice, the second time with a slip. */
function people(): MatchRecord[] {
  return Array.from({ length: 40 }, (_, i) => {
    const fields = {
      first_name: GIVEN[i % 8] as string,
      last_name: FAMILY[(i * 7) % 10] as string,
      date_of_birth: `19${40 + i}-0${1 + (i % 9)}-1${i % 10}`,
      city: PLACES[i % 4] as string,
      email: `${FAMILY[i % 10]}${i}@example.org`,
    };
    const again = { ...fields, first_name: `${fields.first_name}e`, city: '' };
    return i % 3 === 0 ? [record(`r${i}`, fields), record(`s${i}`, again)] : [record(`r${i}`, fields)];
  }).flat();
}

const pairsOf = (clusters: string[][]): string[] => clusters.map((members) => members.join(' '));
const TWICE = Array.from({ length: 14 }, (_, i) => `r${i * 3} s${i * 3}`).sort();

describe('matchRecords', () => {
  it('finds the people that are there twice', () => {
    expect(pairsOf(matchRecords(people()).clusters)).toEqual(TWICE);
  });

  it('gives the same people, model and edges in any order of the records', () => {
    const records = people();
    const { clusters, edges, model } = matchRecords(records);
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
        expect(matchRecords(shuffled)).toMatchObject({ clusters, edges, model });
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    ['nothing', []],
    ['one record', [record('a', { first_name: 'Ann' })]],
    ['records of nothing', [record('a', {}), record('b', {}), record('c', { email: 'null' })]],
    [
      'a flood of placeholders',
      Array.from({ length: 500 }, (_, i) =>
        record(`p${i}`, { first_name: 'unknown', phone: '0000000', email: 'n/a' }),
      ),
    ],
    ['strangers', [record('a', { full_name: 'Ann Lee' }), record('b', { full_name: 'Bob Ray' })]],
  ])('makes no people of %s', (_, records) => {
    const { clusters, model } = matchRecords(records);
    expect(clusters).toEqual([]);
    expect(JSON.stringify(model)).not.toContain('null');
  });

  it('makes nobody of a household: name, roof and telephone shared, people different', () => {
    const homes = Array.from({ length: 60 }, (_, i) =>
      ['1950-02-11', '1979-08-23', '2004-11-07'].map((date_of_birth, person) =>
        record(`h${i}-${person}`, {
          first_name: GIVEN[(i + person) % 8] as string,
          last_name: `${FAMILY[i % 10]}${FAMILY[(i * 3 + 1) % 10]}`,
          date_of_birth,
          street: `${i + 1} ${FAMILY[(i * 7) % 10]} road`,
          postal_code: `${10_000 + i * 37}`,
          phone: `+4420794${60_000 + i * 11}`,
        }),
      ),
    ).flat();
    expect(matchRecords(homes).clusters).toEqual([]);
  });

  it('scores with a given model and does not learn then', () => {
    const model = learnModel(people());
    expect(matchRecords(people(), { model }).model).toBe(model);
  });
});

describe('models', () => {
  it('survive JSON, and are named after what they hold', () => {
    const model = learnModel(people());
    const copy = JSON.parse(JSON.stringify(model)) as typeof model;
    expect(copy).toEqual(model);
    expect(learnModel([...people()].reverse()).version).toBe(model.version);
    expect(learnModel(people().slice(5)).version).not.toBe(model.version);
    const [a, b] = [standardise({ full_name: 'Ann Smith' }), standardise({ full_name: 'Anne Smith' })];
    expect(new PairScorer(copy).weight(a, b)).toBe(new PairScorer(model).weight(a, b));
  });

  it('keep no value that few people have, however many records each of them has', () => {
    const names = ['abelard-quistgaard', 'cholmondeley', 'okonkwo'];
    const carriers = names.flatMap((name, n) =>
      Array.from({ length: [2, 12, 12][n] as number }, (_, i) =>
        record(`${name}${i}`, {
          first_name: `${GIVEN[i % 8]}${name[i % 5]}`,
          last_name: name,
          date_of_birth: `19${50 + i}-0${1 + (i % 9)}-0${1 + ((i * n) % 8)}`,
        }),
      ),
    );
    const records = [...people(), ...carriers];
    // The twelve records of one name are of two people, and nobody knows it from the records themselves.
    const persons = new Map(
      records.map(({ id, fields }) => [
        id,
        fields.last_name === 'okonkwo' ? `p${Number(id.slice(7)) % 2}` : id,
      ]),
    );
    const kept = Object.keys(
      matchRecords(records, { people: persons }).model.frequencies.family?.counts ?? {},
    );
    expect(kept).toContain('cholmondeley');
    expect(kept).not.toContain('okonkwo');
    expect(kept.some((name) => name.includes('quistgaard'))).toBe(false);
  });

  it('hold to reason where there is nothing to learn', () => {
    const model = learnModel(people().filter(({ id }) => id.startsWith('r')));
    for (const { m, u } of Object.values(model.comparisons))
      m.forEach((row, state) => {
        const against = u[state] as number[];
        expect(row[0]).toBeGreaterThanOrEqual((against[0] as number) * 0.99);
        expect(row.at(-1)).toBeLessThanOrEqual((against.at(-1) as number) * 1.01);
        expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      });
  });

  it('compare what the schema has', () => {
    expect(Object.keys(defaultModel(['email', 'phone']).comparisons)).toEqual([
      'email',
      'name_in_email',
      'phone',
    ]);
    expect(defaultModel([]).comparisons).toEqual({});
  });

  it('explain a weight by lines that add up to it', () => {
    const [a, b] = [
      standardise({ full_name: 'Ann Smith', date_of_birth: '1980-03-05', phone: '+442079460018' }),
      standardise({ full_name: 'Ann Smyth', date_of_birth: '1980-05-03', phone: '+442079460018' }),
    ];
    const { weight, prior, levels, probability } = scorePair(learnModel(people()), a, b);
    expect(levels.reduce((sum, line) => sum + line.weight, prior)).toBeCloseTo(weight, 1);
    expect(levels).toContainEqual(
      expect.objectContaining({
        field: 'date_of_birth',
        level: 'one slip',
        a: '1980-03-05',
        b: '1980-05-03',
      }),
    );
    expect(probability).toBeGreaterThan(0);
  });

  it('weigh a rare name more than a common one', () => {
    const common = Array.from({ length: 60 }, (_, i) =>
      record(`c${i}`, { full_name: `Ann${i} Smith`, city: PLACES[i % 4] as string }),
    );
    const scorer = new PairScorer(learnModel([...common, ...people()]));
    const pair = (name: string): number =>
      scorer.weight(standardise({ last_name: name }), standardise({ last_name: name }));
    expect(pair('Zwick')).toBeGreaterThan(pair('Smith') + 2);
  });
});
