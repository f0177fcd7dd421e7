import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityRecords, type GeneratorOptions } from '../bench/identity-records/identity-records.js';
import { evaluate } from './evaluate.js';
import { measureClusters, measurePairs } from './measures.js';
import { readCsv } from './read-csv.js';
import { checkMapping, readRecords } from './read-records.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eval-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('readCsv', () => {
  it('reads quotes, line breaks in cells, blank lines, CRLF and a missing last line break', () => {
    const path = write('a.csv', '\ufeffid, name\r\n1,"Lee, ""Ann"""\r\n\r\n2,"two\nlines"\r\n3,\r\n4, x');
    expect([...readCsv(path)]).toEqual([
      { id: '1', name: 'Lee, "Ann"' },
      { id: '2', name: 'two\nlines' },
      { id: '3', name: '' },
      { id: '4', name: ' x' },
    ]);
  });
});

describe('readRecords', () => {
  it('takes the mapped columns, and the person of a Febrl id', () => {
    const path = write('b.csv', 'rec_id, given_name, other\nrec-7-org, ann,1\nrec-7-dup-0, anne,2\n');
    const mapping = checkMapping({ rec_id: 'id', given_name: 'first_name' });
    expect([...readRecords(path, mapping, 'rec_id')]).toEqual([
      { record: { id: 'rec-7-org', source: '', at: 0, fields: { first_name: ' ann' } }, person: '7' },
      { record: { id: 'rec-7-dup-0', source: '', at: 1, fields: { first_name: ' anne' } }, person: '7' },
    ]);
  });

  it('refuses columns and fields that do not exist', () => {
    const path = write('c.csv', 'id\n1\n');
    expect(() => checkMapping({ id: 'shoe_size' })).toThrow('shoe_size');
    expect(() => [...readRecords(path, { name: 'full_name' }, 'id')]).toThrow('no column “name”');
    expect(() => [...readRecords(path, { id: 'id' }, 'person')]).toThrow('no column “person”');
  });
});

describe('measures', () => {
  const truth = new Map([
    ['a', '1'],
    ['b', '1'],
    ['c', '1'],
    ['d', '2'],
  ]);

  it('count pairs', () => {
    expect(
      measurePairs(
        [
          { a: 'a', b: 'b' },
          { a: 'a', b: 'd' },
        ],
        truth,
      ),
    ).toEqual({ precision: 0.5, recall: 1 / 3, f1: 0.4 });
  });

  it('count the pairs that clusters imply', () => {
    expect(measureClusters([['a', 'b', 'c']], truth)).toEqual({ precision: 1, recall: 1, f1: 1 });
    expect(measureClusters([['a', 'b', 'd']], truth)).toMatchObject({ precision: 1 / 3, recall: 1 / 3 });
    expect(measureClusters([], truth)).toEqual({ precision: 0, recall: 0, f1: 0 });
    expect(measureClusters([], new Map([['a', '1']]))).toEqual({ precision: 1, recall: 1, f1: 1 });
  });
});

describe('matching invented people', () => {
  const run = (options: Omit<GeneratorOptions, 'seed'>) =>
    evaluate(identityRecords({ ...options, seed: 11 })).evaluation;

  it.each([
    ['febrl', 1_000, 0.3, 0.99],
    ['european', 1_000, 0.3, 0.95],
    ['contacts', 800, 0.3, 0.93],
    ['febrl', 50, 0.3, 0.9],
    ['european', 50, 0.3, 0.8],
    ['contacts', 50, 0.3, 0.75],
  ] as const)('finds those of %s, %d records, %d of them duplicates', (world, records, duplicates, f1) => {
    const { cluster } = run({ world, records, duplicates });
    expect(cluster.f1).toBeGreaterThanOrEqual(f1);
    expect(cluster.precision).toBeGreaterThanOrEqual(0.97);
  });

  it.each([
    ['febrl', 800],
    ['european', 800],
    ['contacts', 800],
    ['contacts', 50],
  ] as const)('finds none in %s where nobody is there twice, %d records', (world, records) => {
    expect(run({ world, records, duplicates: 0 }).cluster).toEqual({ precision: 1, recall: 1, f1: 1 });
  });

  it('generates the same for the same seed', () => {
    const options = { world: 'european', records: 50, duplicates: 0.3, seed: 3 } as const;
    expect([...identityRecords(options)]).toEqual([...identityRecords(options)]);
    expect([...identityRecords(options)]).not.toEqual([...identityRecords({ ...options, seed: 4 })]);
  });
});
