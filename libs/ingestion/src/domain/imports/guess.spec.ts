import { detectDialect, looksLikeHeader } from './detect-dialect.js';
import { guessColumn } from './guess-column.js';
import { proposeMapping } from './propose-mapping.js';

const guess = (name: string, ...values: unknown[]) => {
  const { type, format, decimal } = guessColumn(name, values);
  return [type, format ?? decimal].filter((part) => part !== undefined).join(' ');
};

describe('a column', () => {
  it.each([
    ['email', 'x', ['a@b.org', 'c@d.com', '']],
    ['email', 'E-Mail', ['a@b.org', 'broken', 'c@d.com']],
    ['boolean', 'opt in', ['yes', 'no', 'yes']],
    ['boolean', 'aktiv', ['ja', 'nein']],
    ['date iso', 'born', ['1990-01-31', '1985-12-01']],
    ['date dd.MM.yyyy', 'geb', ['31.01.1990', '01.12.1985']],
    ['date dd/MM/yyyy', 'when', ['31/01/1990', '01/12/1985']],
    ['date MM/dd/yyyy', 'when', ['01/31/1990', '12/01/1985']],
    ['date dd.MM.yyyy HH:mm', 'when', ['31.01.2026 10:30']],
    ['date unix', 'created_at', ['1769853600', '1769853700']],
    ['date yyyyMMdd', 'orderdate', ['20260131', '20260201']],
    ['phone', 'x', ['+49 30 901820', '+1 415 555 2671']],
    ['phone', 'Telefon', ['030 901820', '089/123456']],
    ['number', 'age', ['31', '42', '27']],
    ['number ,', 'weight', ['1,5', '2,75', '10,25']],
    ['money', 'x', ['$1,200.50', '$3.00']],
    ['money ,', 'Betrag', ['1.200,50', '3,00']],
    ['country', 'country', ['DE', 'Austria', 'fr']],
    ['id', 'customer_id', ['C-1', 'C-2']],
    ['id', 'id', ['1', '2', '3']],
    ['text', 'zip', ['01067', '10115']],
    ['text', 'name', ['Ann', 'Bob']],
    ['text', 'empty', ['', null]],
    ['json', 'address', [{ a: 1 }, { b: 2 }]],
  ])('is %s: %s %j', (expected, name, values) => {
    expect(guess(name, ...values)).toBe(expected);
  });

  it('says when days and months cannot be told apart', () => {
    expect(guessColumn('when', ['01/02/2026', '03/04/2026']).alsoFits).toContain('MM/dd/yyyy');
    expect(guessColumn('when', ['31/01/2026', '03/04/2026']).alsoFits).toBeUndefined();
  });
});

describe('a delimiter', () => {
  it.each([
    [',', 'a,b;c,d\n1,2;3,4\n'],
    [';', 'name;amount\nAnn;1,5\nBob;2,5\n'],
    ['\t', 'a\tb, c\n1\t2\n'],
    ['|', 'a|b\n1|2\n'],
    [',', '"x;y;z",b\n"1;2;3",2\n'],
    [',', 'alone\n1\n'],
  ])('%j is found', (expected, text) => {
    expect(detectDialect(text, '"').delimiter).toBe(expected);
  });
});

describe('a header', () => {
  it('is words unlike the values', () => {
    expect(
      looksLikeHeader([
        ['id', 'First name'],
        ['1', 'Ann'],
      ]),
    ).toBe(true);
    expect(
      looksLikeHeader([
        ['1', 'Ann'],
        ['2', 'Bob'],
      ]),
    ).toBe(false);
    expect(
      looksLikeHeader([
        ['Ann', 'a@b.org'],
        ['Bob', 'c@d.org'],
      ]),
    ).toBe(false);
  });
});

describe('a proposal', () => {
  const propose = (columns: Record<string, unknown[]>, format: 'csv' | 'ndjson' = 'csv') =>
    proposeMapping({
      format,
      header: true,
      columns: Object.entries(columns).map(([name, values]) => guessColumn(name, values)),
    });

  it('makes people of a list of people', () => {
    const mapping = propose({
      Kundennummer: ['1', '2'],
      Vorname: ['Ann', 'Bob'],
      'E-Mail': ['a@b.org', 'nope', 'c@d.org'],
      Geburtsdatum: ['31.01.1990', '01.02.1991'],
      PLZ: ['01067', '10115'],
      'Lieblings.farbe': ['red', 'blue'],
    });
    expect(mapping.type).toBe('identify');
    expect(mapping.fields.map(({ from, to, as, invalid }) => [from, to, as, invalid])).toEqual([
      ['Kundennummer', 'userId', undefined, 'refuse'],
      ['Vorname', 'traits.firstName', undefined, 'refuse'],
      ['E-Mail', 'traits.email', 'email', 'omit'],
      ['Geburtsdatum', 'traits.birthday', 'date', 'refuse'],
      ['PLZ', 'traits.address.postalCode', undefined, 'refuse'],
      ['Lieblings.farbe', 'traits.Lieblings_farbe', undefined, 'refuse'],
    ]);
  });

  it('makes happenings of a list of orders', () => {
    const mapping = propose({
      order_id: ['o1', 'o2'],
      customer_id: ['1', '2'],
      email: ['a@b.org', 'c@d.org'],
      order_date: ['2026-01-01', '2026-01-02'],
      total: ['10.50', '7.00'],
    });
    expect(mapping).toMatchObject({ type: 'track', key: ['order_id'] });
    expect(mapping.fields.map(({ from, value, to }) => [from ?? value, to])).toEqual([
      ['order_id', 'properties.order_id'],
      ['customer_id', 'userId'],
      ['email', 'identifiers.email'],
      ['order_date', 'timestamp'],
      ['total', 'properties.total'],
      ['Order Completed', 'event'],
    ]);
  });
});
