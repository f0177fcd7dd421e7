import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { centsOf, dollars } from './cents.js';
import { cdnow, emailOf, expectedRecords, twin, userIdOf } from './dataset.js';
import { readPurchases, UnreadableFile } from './read-purchases.js';
import { generateTwin } from './twin.js';

const FILE = [
  ' customer_id  date number_of_cds  dollar_value',
  ' 00001 19970101  1   11.77',
  ' 00002 19970112  1   12.00',
  ' 00002 19970112  1   12.00',
  ' 00003 19980630 11    0.00',
  '',
].join('\r\n');

describe('cents', () => {
  it('come from text without floating point', () => {
    expect(['11.77', '12', '0.5', '0.00', '1286.01'].map(centsOf)).toEqual([1177, 1200, 50, 0, 128_601]);
    for (const text of ['', '-1', '1.234', 'NaN', '1e3', '.5', '1.']) expect(centsOf(text)).toBeUndefined();
  });

  it('go to text and to JSON numbers and back unharmed', () =>
    fc.assert(
      fc.property(fc.nat(), (cents) => {
        expect(centsOf(dollars(cents))).toBe(cents);
        expect(centsOf(String(Number(dollars(cents))))).toBe(cents);
        expect(centsOf(String(cents / 100))).toBe(cents);
      }),
    ));
});

describe('the file', () => {
  it('is read line by line; the header is line 1', () => {
    const [first, , , last] = readPurchases(FILE);
    expect(first).toEqual({ line: 2, customer: '00001', at: Date.UTC(1997, 0, 1), units: 1, cents: 1177 });
    expect(last).toEqual({ line: 5, customer: '00003', at: Date.UTC(1998, 5, 30), units: 11, cents: 0 });
  });

  it('may end its lines as Unix does', () =>
    expect(readPurchases(FILE.replaceAll('\r', ''))).toEqual(readPurchases(FILE)));

  it.each([
    ['h\n 00001 19970231  1   11.77', /Line 2 /],
    ['h\n 00001 1997-01-01  1   11.77', /Line 2 /],
    ['h\n 00001 19970101  1   11.77 USD', /Line 2 /],
    ['h\n 00001 19970101  1   11.77\n\n 00001 19970101  x   11.77', /Line 4 /],
    ['h\n 00001 19970101  1   -1.00', /Line 2 /],
    ['h\n', /no purchases/],
  ])('says which line of %j it cannot read', (text, message) => {
    expect(() => readPurchases(text)).toThrow(UnreadableFile);
    expect(() => readPurchases(text)).toThrow(message);
  });

  it('adds up to one record a customer; equal lines are separate orders, free ones count', () =>
    expect(expectedRecords(readPurchases(FILE))).toEqual([
      { customer: '00001', orders: 1, cents: 1177 },
      { customer: '00002', orders: 2, cents: 2400 },
      { customer: '00003', orders: 1, cents: 0 },
    ]));

  it('is looked for in each folder, and may be absent', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'repartee-demo-'));
    try {
      await writeFile(join(folder, 'cdnow.txt'), FILE);
      const found = await cdnow('cdnow.txt', ['/nowhere', folder]);
      expect(found?.purchases).toHaveLength(4);
      if (!found) throw new Error('not found');
      expect(userIdOf(found, '00001')).toBe('cdnow-00001');
      expect(emailOf(found, '00001')).toBe('customer-00001@cdnow.example');
      expect(await cdnow('absent.txt', [folder])).toBeUndefined();
      await expect(cdnow('.', [folder])).rejects.toThrow(UnreadableFile);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the twin', () => {
  const purchasesOf = (customers: number, seed = 1) => readPurchases(generateTwin({ customers, seed }));

  it('has the form of the file to the byte', () => {
    const lines = generateTwin({ customers: 100, seed: 1 }).split('\r\n');
    expect(lines.at(0)).toBe(' customer_id  date number_of_cds  dollar_value');
    expect(lines.at(-1)).toBe('');
    for (const line of lines.slice(1, -1))
      expect(line).toMatch(/^ \d{5} 199[78]\d{4} [ \d]\d [ \d]{4}\.\d{2}$/);
  });

  it('is the same for the same seed, and grows at its end', () => {
    expect(generateTwin({ customers: 50, seed: 7 })).toBe(generateTwin({ customers: 50, seed: 7 }));
    expect(generateTwin({ customers: 50, seed: 7 })).not.toBe(generateTwin({ customers: 50, seed: 8 }));
    expect(purchasesOf(60).slice(0, purchasesOf(50).length)).toEqual(purchasesOf(50));
  });

  it('has the shape of the real data: half buy once, a few very often, some pay nothing, some lines are equal', () => {
    const purchases = purchasesOf(5_000);
    const records = expectedRecords(purchases);
    const share = (holds: (orders: number) => boolean) =>
      records.filter(({ orders }) => holds(orders)).length / records.length;
    expect(records).toHaveLength(5_000);
    expect(share((orders) => orders === 1)).toBeCloseTo(0.505, 1);
    expect(share((orders) => orders > 5)).toBeGreaterThan(0.08);
    expect(share((orders) => orders > 5)).toBeLessThan(0.18);
    expect(purchases.length / records.length).toBeCloseTo(2.96, 0);
    expect(records.filter(({ cents }) => cents > 50_000).length / records.length).toBeCloseTo(0.03, 1);
    expect(purchases.some(({ cents }) => cents === 0)).toBe(true);
    const lines = generateTwin({ customers: 5_000, seed: 1 }).split('\r\n');
    expect(new Set(lines).size).toBeLessThan(lines.length - 10);
  });

  it('has regulars, free orders and equal lines even when it is small', () => {
    const { purchases } = twin({ customers: 150, seed: 1 });
    const seen = purchases.map(({ customer, at, units, cents }) => `${customer} ${at} ${units} ${cents}`);
    expect(new Set(seen).size).toBeLessThan(seen.length);
    expect(purchases.some(({ cents }) => cents === 0)).toBe(true);
    expect(expectedRecords(purchases).some(({ cents }) => cents > 50_000)).toBe(true);
  });

  it('keeps within the file’s time and never buys before the first purchase', () => {
    for (const { at } of purchasesOf(300)) {
      expect(at).toBeGreaterThanOrEqual(Date.UTC(1997, 0, 1));
      expect(at).toBeLessThanOrEqual(Date.UTC(1998, 5, 30));
    }
  });
});
