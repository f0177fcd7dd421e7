import { isAvailable, itemSchema, patchItem, readItems, shortageOf, supplyOf } from './index.js';

const tea = { id: 'SKU-1', name: 'Tea' };
const refused = (item: object) => {
  const parsed = itemSchema.safeParse({ ...tea, ...item });
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('/')}: ${message}`);
};

describe('an item', () => {
  it('may be but an id and a name, and may say all', () => {
    expect(itemSchema.parse(tea)).toEqual(tea);
    const all = {
      ...tea,
      category: 'Drinks>  Tea ',
      price: 18.5,
      currency: 'EUR',
      stock: 0,
      availableFrom: '2026-01-01T00:00:00Z',
      availableUntil: '2026-02-01T00:00:00+01:00',
      url: '/p/tea?a=1#b',
      image: 'https://img.example/tea.png',
      attributes: { organic: true, grams: 250, taste: ['malt', 'honey'], origin: 'Assam' },
    };
    expect(itemSchema.parse(all)).toEqual({ ...all, category: 'Drinks > Tea' });
  });

  it.each<[string, object]>([
    ['id', { id: '' }],
    ['id', { id: ' tea' }],
    ['id', { id: 'a\u0000b' }],
    ['name', { name: 'half \ud800 of one' }],
    ['category', { category: 'Drinks > > Tea' }],
    ['price', { price: 5 }],
    ['price', { price: 18.505, currency: 'EUR' }],
    ['price', { price: 18.5, currency: 'JPY' }],
    ['price', { price: -1, currency: 'EUR' }],
    ['stock', { stock: 1.5 }],
    ['stock', { stock: -1 }],
    ['availableUntil', { availableFrom: '2026-02-01T00:00:00Z', availableUntil: '2026-02-01T00:00:00Z' }],
    ['url', { url: 'javascript:alert(1)' }],
    ['url', { url: '//elsewhere.example' }],
    ['attributes/a', { attributes: { a: { b: 1 } } }],
  ])('is refused for its %s in %j', (member, item) => {
    expect(refused(item)).toEqual([expect.stringMatching(new RegExp(`^${member}: .`))]);
  });

  it('keeps prices exact in whatever currency', () => {
    for (const price of [0, 0.01, 1.005, 19.99, 0.1 + 0.2, 999_999_999.99])
      expect(refused({ price, currency: 'USD' }).length).toBe(price === 1.005 ? 1 : 0);
    expect(refused({ price: 1.005, currency: 'KWD' })).toEqual([]);
  });

  it('is there from its first moment to before its last, while there are some', () => {
    const supply = supplyOf({
      ...tea,
      stock: 3,
      availableFrom: '2026-01-01T00:00:00Z',
      availableUntil: '2026-02-01T00:00:00Z',
    });
    const at = (day: string) => Date.parse(`2026-${day}T00:00:00Z`);
    expect(
      [at('01-01') - 1, at('01-01'), at('02-01') - 1, at('02-01')].map((now) => isAvailable(supply, now)),
    ).toEqual([false, true, true, false]);
    expect(shortageOf(supply, at('01-01') - 1)).toBe('not before 2026-01-01T00:00:00.000Z');
    expect(shortageOf(supply, at('02-01'))).toBe('since 2026-02-01T00:00:00.000Z');
    expect(shortageOf(supply, at('01-05'))).toBeNull();
    expect(shortageOf({ ...supply, stock: 0 }, at('01-05'))).toBe('none in stock');
    expect(shortageOf(undefined, 0)).toBe('not in the catalogue');
    expect(isAvailable(supplyOf({ ...tea, stock: null }), 0)).toBe(true);
  });

  it('is patched as RFC 7396 says', () => {
    const item = { ...tea, stock: 3, attributes: { a: 1, b: 2 } };
    expect(patchItem(item, { stock: 0, name: 'Green', attributes: { a: null, c: [3] } })).toEqual({
      id: 'SKU-1',
      name: 'Green',
      stock: 0,
      attributes: { b: 2, c: [3] },
    });
    expect(patchItem(item, { stock: null, attributes: null })).toEqual(tea);
    expect(item).toEqual({ ...tea, stock: 3, attributes: { a: 1, b: 2 } });
  });
});

describe('a list of items', () => {
  it('keeps the right ones and names each wrong one with its place', () => {
    const { items, rejected } = readItems([
      { value: tea, line: 1 },
      { value: { id: 'b', name: 'B', colour: 'red' }, line: 2 },
      { value: undefined, malformed: 'not valid JSON', line: 4 },
      { value: { ...tea, name: 'again' }, line: 5 },
      { value: 7 },
    ]);
    expect(items).toEqual([tea]);
    expect(rejected.map(({ index, line, id }) => [index, line, id])).toEqual([
      [1, 2, 'b'],
      [2, 4, undefined],
      [3, 5, 'SKU-1'],
      [4, undefined, undefined],
    ]);
    expect(rejected.flatMap(({ errors }) => errors)).toEqual([
      { pointer: '#/1/colour', detail: 'this member is not known', line: 2 },
      { pointer: '#/2', detail: 'not valid JSON', line: 4 },
      { pointer: '#/3/id', detail: 'the item is told in #/0, too', line: 5 },
      { pointer: '#/4', detail: expect.stringContaining('expected object') as string },
    ]);
  });
});
