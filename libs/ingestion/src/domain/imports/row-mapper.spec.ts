import { mappingSchema } from './mapping.js';
import { flawOf, rowMapper, type RowEvent } from './row-mapper.js';

const mapperOf = (mapping: object, columns?: string[]) => {
  const mapper = rowMapper(mappingSchema.parse(mapping), columns);
  if (!mapper.ok) throw new Error(mapper.failure);
  return (record: unknown, line = 2): RowEvent[] => {
    const mapped = mapper.value(record, line);
    if ('refused' in mapped) throw new Error(`${mapped.refused.column}: ${mapped.refused.reason}`);
    return mapped.events;
  };
};

describe('a row', () => {
  const columns = ['id', 'mail', 'born', 'spent', 'news', 'tel', 'card', 'land'];
  const person = {
    country: 'DE',
    fields: [
      { from: 'id', to: 'userId' },
      { from: 'mail', to: 'traits.email', as: 'email' },
      { from: 'born', to: 'traits.birthday', as: 'date', format: 'dd.MM.yyyy' },
      { from: 'spent', to: 'traits.spent', as: 'money', decimal: ',' },
      { from: 'news', to: 'traits.newsletter', as: 'boolean' },
      { from: 'tel', to: 'traits.phone', as: 'phone' },
      { from: 'card', to: 'identifiers.loyalty_id', case: 'upper' },
      { from: 'land', to: 'traits.address.country', as: 'country' },
      { value: 'crm', to: 'traits.address.origin' },
    ],
  };

  it('becomes a person', () => {
    const [event] = mapperOf(
      person,
      columns,
    )([' 7 ', 'Ann@Example.ORG', '31.01.1990', '1.234,50 €', 'ja', '030 901820', 'ab-1', 'Österreich']);
    expect(event?.body).toEqual({
      type: 'identify',
      userId: '7',
      traits: {
        email: 'ann@example.org',
        birthday: '1990-01-31',
        spent: 1234.5,
        newsletter: true,
        phone: '+4930901820',
        address: { country: 'AT', origin: 'crm' },
      },
      context: { externalIds: [{ id: 'AB-1', type: 'loyalty_id', collection: 'users', encoding: 'none' }] },
    });
    expect(event?.person).toBeUndefined();
  });

  it('says nothing of what is empty', () => {
    const [event] = mapperOf(person, columns)(['7', '', 'NULL', '\\N', ' ', '', '', '']);
    expect(event?.body).toEqual({ type: 'identify', userId: '7', traits: { address: { origin: 'crm' } } });
  });

  it.each([
    [['7', 'nobody', '', '', '', '', '', ''], 'mail: “nobody” is not an e-mail address'],
    [['7', '', '30.02.1990', '', '', '', '', ''], 'born: “30.02.1990” is not a date as dd.MM.yyyy'],
    [['7', '', '', '12 apples', '', '', '', ''], 'spent: “12 apples” is not an amount'],
    [['7', '', '', '', 'maybe', '', '', ''], 'news: “maybe” is neither yes nor no'],
    [['7', '', '', '', '', '12', '', ''], 'tel: “12” is not a telephone number'],
    [['7', '', '', '', '', '', '', 'Atlantis'], 'land: “Atlantis” is not a country'],
  ])('is refused with the reason: %j', (cells, reason) => {
    expect(() => mapperOf(person, columns)(cells)).toThrow(reason);
  });

  it('is taken without what cannot be read, where the mapping says so', () => {
    const fields = [
      { from: 'id', to: 'userId' },
      { from: 'mail', to: 'traits.email', as: 'email', invalid: 'omit' },
    ];
    expect(mapperOf({ fields }, ['id', 'mail'])(['7', 'nobody'])[0]?.body).toEqual({
      type: 'identify',
      userId: '7',
    });
    const required = [fields[0], { ...fields[1], required: true }];
    expect(() => mapperOf({ fields: required }, ['id', 'mail'])(['7', 'nobody'])).toThrow('not an e-mail');
    expect(() => mapperOf({ fields: required }, ['id', 'mail'])(['7', ''])).toThrow('is empty');
  });

  it('stands for the same person each time, where it names neither user nor visitor', () => {
    const fields = [
      { from: 'mail', to: 'traits.email' },
      { from: 'name', to: 'traits.name' },
    ];
    const map = mapperOf({ fields }, ['mail', 'name']);
    const [[a], [b], [c]] = [map(['a@x.org', 'Ann']), map(['a@x.org', 'Anna']), map(['', 'Bob'])];
    expect(a?.person).toBe(b?.person);
    expect(a?.key).not.toBe(b?.key);
    expect(c?.person).not.toBe(a?.person);
  });

  it('is the same row by what it says, by its line too, or by its key alone', () => {
    const mapping = (key: unknown) => ({
      type: 'track',
      key,
      fields: [
        { from: 'o', to: 'properties.order_id' },
        { from: 'v', to: 'properties.total', as: 'number' },
        { from: 'u', to: 'userId' },
        { value: 'Order Completed', to: 'event' },
      ],
    });
    const key = (kind: unknown, cells: string[], line: number) =>
      mapperOf(mapping(kind), ['o', 'v', 'u'])(cells, line)[0]?.key;
    expect(key('content', ['1', '5', 'a'], 2)).toBe(key('content', ['1', '5.0', 'a'], 9));
    expect(key('content', ['1', '5', 'a'], 2)).not.toBe(key('content', ['1', '6', 'a'], 2));
    expect(key('line', ['1', '5', 'a'], 2)).not.toBe(key('line', ['1', '5', 'a'], 3));
    expect(key(['o'], ['1', '5', 'a'], 2)).toBe(key(['o'], ['1', '6', 'b'], 3));
  });
});

describe('a document', () => {
  const order = {
    type: 'track',
    format: 'ndjson',
    fields: [
      { from: '$.customer.id', to: 'userId' },
      { from: '$.placed', to: 'timestamp' },
      { value: 'Product Ordered', to: 'event' },
      { from: '$["order no"]', to: 'properties.order_id' },
      { from: '$.lines[].sku', to: 'properties.sku' },
      { from: '$.lines[].options[0]', to: 'properties.option' },
      { from: '$.tags', to: 'properties.tags' },
    ],
  };
  const document = {
    customer: { id: 42 },
    placed: '2026-01-05T10:00:00+01:00',
    'order no': 'A1',
    lines: [{ sku: 'x', options: ['red'] }, { sku: 'y' }, { sku: 'y' }],
    tags: ['a', 'b'],
  };

  it('becomes one event for each item of its list', () => {
    const events = mapperOf(order)(document);
    expect(events.map(({ body }) => body['properties'])).toEqual([
      { order_id: 'A1', sku: 'x', option: 'red', tags: ['a', 'b'] },
      { order_id: 'A1', sku: 'y', tags: ['a', 'b'] },
      { order_id: 'A1', sku: 'y', tags: ['a', 'b'] },
    ]);
    expect(events[0]?.body).toMatchObject({ userId: 42, timestamp: '2026-01-05T09:00:00.000Z' });
    expect(new Set(events.map(({ key }) => key)).size).toBe(3);
  });

  it('is refused where the list is none, and empty where there is none', () => {
    expect(() => mapperOf(order)({ ...document, lines: 'x' })).toThrow('$.lines: is not a list');
    expect(mapperOf(order)({ ...document, lines: undefined })).toEqual([]);
  });

  it.each([
    [['$.a[].b', '$.c[].d'], /different lists/],
    [['$.a[].b[].c'], /two lists/],
    [['$.a..b'], /no path at character 4/],
    [['$[x]'], /no path/],
  ])('a mapping with %j makes no sense', (paths, reason) => {
    const fields = [
      { value: 'u', to: 'userId' },
      ...paths.map((from, index) => ({ from, to: `traits.t${index}` })),
    ];
    expect(flawOf(mappingSchema.parse({ format: 'ndjson', fields }))).toMatch(reason);
  });
});

describe('a mapping', () => {
  it.each([
    [{ fields: [{ from: 'a', value: 1, to: 'userId' }] }],
    [{ fields: [{ to: 'userId' }] }],
    [{ fields: [{ from: 'a', to: 'wherever' }] }],
    [{ fields: [{ from: 'a', to: 'traits.__proto__' }] }],
    [
      {
        fields: [
          { from: 'a', to: 'traits.x' },
          { from: 'b', to: 'traits.x' },
        ],
      },
    ],
    [{ type: 'track', fields: [{ from: 'a', to: 'userId' }] }],
    [{ fields: [{ from: 'a', to: 'userId' }], timeZone: 'Mars/Olympus' }],
    [{ fields: [] }],
  ])('is refused: %j', (mapping) => {
    expect(mappingSchema.safeParse(mapping).success).toBe(false);
  });
});
