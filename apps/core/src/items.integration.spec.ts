import { type CoreUnderTest, startCore } from './testing/start-core.js';

const NDJSON = { 'content-type': 'application/x-ndjson' };

interface StoredItem {
  id: string;
  name: string;
  stock?: number | null;
  revision: number;
  updatedAt: string;
}

describe('items', () => {
  let core: CoreUnderTest;
  const lines = (...items: unknown[]) =>
    items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join('\n');
  const names = async (query = '') => {
    const { body } = await core.call<{ items: StoredItem[]; nextCursor: string | null }>(
      `GET /v1/items${query}`,
    );
    return { ids: body.items.map(({ id }) => id), nextCursor: body.nextCursor };
  };

  beforeAll(async () => {
    core = await startCore();
  });
  beforeEach(() => core.database.query('DELETE FROM item'));
  afterAll(() => core.stop());

  it('are told one at a time, read, replaced, patched and removed', async () => {
    const told = await core.call<StoredItem>('/v1/items', { body: { id: 'a/b 1', name: 'One', stock: 5 } });
    expect(told).toMatchObject({ status: 200, body: { id: 'a/b 1', name: 'One', stock: 5 } });
    const one = `/v1/items/${encodeURIComponent('a/b 1')}`;
    const read = await core.call<StoredItem>(`GET ${one}`);
    expect(read.body).toEqual(told.body);
    const version = read.headers.get('etag') ?? '';
    expect(version).toBe(`"${told.body.revision}"`);

    expect((await core.call(`PUT ${one}`, { body: { name: 'Two' } })).status).toBe(428);
    const headers = { 'if-match': version };
    const replaced = await core.call<StoredItem>(`PUT ${one}`, { body: { name: 'Two' }, headers });
    expect(replaced.body).toEqual({
      id: 'a/b 1',
      name: 'Two',
      revision: expect.any(Number) as number,
      updatedAt: expect.any(String) as string,
    });
    expect((await core.call(`PUT ${one}`, { body: { name: 'Three' }, headers })).status).toBe(412);
    expect((await core.call(`PATCH ${one}`, { body: { stock: 1 }, headers })).status).toBe(412);
    expect((await core.call<StoredItem>(`PATCH ${one}`, { body: { stock: 0 } })).body).toMatchObject({
      name: 'Two',
      stock: 0,
    });
    const wrong = await core.call(`PATCH ${one}`, { body: { stock: -1, id: 'other' } });
    expect(wrong).toMatchObject({
      status: 400,
      body: { code: 'ITEM.INVALID', errors: [{ pointer: '#/stock' }] },
    });
    expect((await core.call(`DELETE ${one}`, { headers })).status).toBe(412);
    const last = (await core.call(`GET ${one}`)).headers.get('etag') ?? '';
    expect((await core.call(`DELETE ${one}`, { headers: { 'if-match': last } })).status).toBe(204);
    expect(await core.call(`GET ${one}`)).toMatchObject({ status: 404, body: { code: 'ITEM.NOT_FOUND' } });
  });

  it('are told by the list and by the line, and what is there already is replaced', async () => {
    const list = await core.call('/v1/items', {
      body: [1, 2, 3].map((n) => ({ id: `i${n}`, name: `${n}` })),
    });
    expect(list.body).toEqual({ created: 3, updated: 0, unchanged: 0, rejected: [] });
    const ndjson = await core.call('/v1/items', {
      body: lines({ id: 'i3', name: 'three' }, '', { id: 'i2', name: '2' }, { id: 'i4', name: '4' }, ''),
      headers: NDJSON,
    });
    expect(ndjson.body).toEqual({ created: 1, updated: 1, unchanged: 1, rejected: [] });
    expect(await names('?limit=3')).toEqual({ ids: ['i1', 'i2', 'i3'], nextCursor: 'i3' });
    expect(await names('?limit=3&cursor=i3')).toEqual({ ids: ['i4'], nextCursor: null });
  });

  it('are refused by the line: all together, or the wrong ones alone', async () => {
    const body = lines({ id: 'good', name: 'Good' }, { id: 'bad', name: 'Bad', price: 5 }, '{"id": "worse"');
    const refused = await core.call('/v1/items', { body, headers: NDJSON });
    expect(refused).toMatchObject({
      status: 400,
      body: {
        code: 'ITEM.INVALID',
        detail: '2 of 3 items are wrong, first line 2: needs a currency',
        errors: [
          { pointer: '#/1/price', line: 2 },
          { pointer: '#/2', line: 3 },
        ],
      },
    });
    expect((await names()).ids).toEqual([]);
    const partial = await core.call('/v1/items?partial=true', { body, headers: NDJSON });
    expect(partial).toMatchObject({
      status: 200,
      body: {
        created: 1,
        rejected: [
          { index: 1, line: 2, id: 'bad' },
          { index: 2, line: 3 },
        ],
      },
    });
    expect((await names()).ids).toEqual(['good']);
  });

  it.each<[string, unknown, Record<string, string> | undefined, number]>([
    ['nothing', undefined, undefined, 400],
    ['a number', '7', { 'content-type': 'application/json' }, 400],
    ['null', 'null', { 'content-type': 'application/json' }, 400],
    ['an item without a name', { id: 'a' }, undefined, 400],
    ['a file', 'id,name', { 'content-type': 'application/octet-stream' }, 415],
    [
      'half a surrogate pair',
      String.raw`{"id":"a","name":"\ud800"}`,
      { 'content-type': 'application/json' },
      400,
    ],
    ['too many', Array.from({ length: 10_001 }, (_, n) => ({ id: `${n}`, name: 'x' })), undefined, 413],
  ])('answer %s with a problem', async (_what, body, headers, status) => {
    const answer = await core.call('/v1/items', { body, ...(headers && { headers }) });
    expect([answer.status, answer.body.code]).toEqual([status, expect.stringMatching(/^(HTTP|ITEM)\./)]);
    expect((await names()).ids).toEqual([]);
  });

  it('are listed by category', async () => {
    await core.call('/v1/items', {
      body: [
        { id: 'a', name: 'A', category: 'Coffee > Filter' },
        { id: 'b', name: 'B', category: 'Tea' },
      ],
    });
    expect((await names('?category=Coffee')).ids).toEqual(['a']);
    expect((await core.call('GET /v1/items?limit=0')).status).toBe(400);
  });
});
