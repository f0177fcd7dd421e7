import { type PersonalDataHolder, PersonalDataHolders } from '@repartee/governance';
import { gzipSync } from 'node:zlib';
import { ended, imported, type ImportView, uploadQuery } from './testing/imports.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const PEOPLE =
  'Kundennr;Vorname;E-Mail;Umsatz\r\n1;Zoë;zoe@example.org;1.234,50\r\n2;Bob;nobody;7,00\r\n3;Cleo;cleo@example.org;x\r\n';
const mapping = {
  fields: [
    { from: 'Kundennr', to: 'userId' },
    { from: 'Vorname', to: 'traits.firstName' },
    { from: 'E-Mail', to: 'traits.email', as: 'email' },
    { from: 'Umsatz', to: 'traits.spent', as: 'money', decimal: ',' },
  ],
};
const ids = { fields: [{ from: 'id', to: 'userId' }] };

jest.setTimeout(120_000);

interface Preview {
  format: string;
  encoding: string;
  delimiter: string;
  columns: { name: string; type: string; format?: string }[];
  mapping: { type: string; fields: { from?: string; to: string; as?: string }[] };
  mappingFlaw: string | null;
  rows: {
    line: number;
    events?: { userId: string; traits: object }[];
    rejected?: { column: string; reason: string };
  }[];
}

describe('imports', () => {
  let core: CoreUnderTest;

  beforeAll(async () => {
    core = await startCore();
  });
  afterAll(() => core.stop());

  const send = (
    body: string | Uint8Array,
    parameters: Record<string, unknown>,
    key: 'admin' | 'server' = 'admin',
  ) =>
    core.call<ImportView & { code: string; detail: string }>(`/v1/imports?${uploadQuery(parameters)}`, {
      key,
      body,
      headers: { 'content-type': 'text/csv' },
    });
  const rejects = async (id: string, format: string) =>
    (await core.call(`GET /v1/imports/${id}/rejects?format=${format}`, { key: 'admin' })).text;

  it('show what a file is before it is imported', async () => {
    const { status, body } = await core.call<Preview>('/v1/imports/preview', {
      body: Buffer.from(PEOPLE, 'latin1'),
      headers: { 'content-type': 'text/csv' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      format: 'csv',
      encoding: 'windows-1252',
      delimiter: ';',
      mappingFlaw: null,
    });
    expect(body.columns.map(({ name, type }) => [name, type])).toEqual([
      ['Kundennr', 'id'],
      ['Vorname', 'text'],
      ['E-Mail', 'email'],
      ['Umsatz', 'text'],
    ]);
    expect(body.mapping.fields.slice(0, 3)).toMatchObject([
      { from: 'Kundennr', to: 'userId' },
      { from: 'Vorname', to: 'traits.firstName' },
      { from: 'E-Mail', to: 'traits.email', as: 'email' },
    ]);
    expect(body.rows[0]).toMatchObject({
      line: 2,
      events: [{ userId: '1', traits: { firstName: 'Zoë', email: 'zoe@example.org' } }],
    });
    const own = await core.call<Preview>(`/v1/imports/preview?${uploadQuery({ mapping })}`, { body: PEOPLE });
    expect(own.body.rows.map(({ line, rejected }) => [line, rejected?.column])).toEqual([
      [2, undefined],
      [3, 'E-Mail'],
      [4, 'Umsatz'],
    ]);
  });

  it('preview the beginning of what is packed, and of JSON', async () => {
    const order = (n: number) => ({
      order_id: `o${n}`,
      customer: { email: `c${n}@example.org` },
      placed_at: '2026-01-05T10:00:00Z',
      lines: [
        { sku: 'a', price: 1.5 },
        { sku: 'b', price: 2 },
      ],
    });
    const lines = Array.from({ length: 30_000 }, (_none, n) => `${JSON.stringify(order(n))}\n`).join('');
    const { body } = await core.call<Preview & { complete: boolean; compressed: boolean }>(
      '/v1/imports/preview',
      {
        body: gzipSync(lines),
        headers: { 'content-type': 'application/gzip' },
      },
    );
    expect(body).toMatchObject({ format: 'ndjson', compressed: true, mapping: { type: 'track' } });
    expect(body.mapping.fields.map(({ from, to }) => [from, to])).toEqual([
      ['$.order_id', 'properties.order_id'],
      ['$.customer.email', 'identifiers.email'],
      ['$.placed_at', 'timestamp'],
      ['$.lines[].sku', 'properties.sku'],
      ['$.lines[].price', 'properties.price'],
      [undefined, 'event'],
    ]);
    expect(body.rows[0]?.events).toHaveLength(2);
  });

  it('become people, and change nothing when they come again', async () => {
    expect((await core.call(`PUT /v1/import-mappings/crm`, { key: 'admin', body: mapping })).status).toBe(
      200,
    );
    const sent = await send(Buffer.from(PEOPLE, 'latin1'), {
      mapping: 'crm',
      source: 'crm',
      fileName: 'people.csv',
    });
    expect(sent.status).toBe(202);
    expect(sent.headers.get('location')).toBe(`/v1/imports/${sent.body.id}`);
    const first = await ended(core.call, sent.body.id);
    expect(first).toMatchObject({
      state: 'done',
      rows: { read: 3, accepted: 1, rejected: 2 },
      events: { written: 1, known: 0 },
      bytes: { total: PEOPLE.length, read: PEOPLE.length },
    });
    const profile = await until('the person', async () => {
      const { status, body } = await core.call<{ traits: object }>('GET /v1/profiles/email:zoe@example.org');
      return status === 200 && body;
    });
    expect(profile.traits).toMatchObject({ firstName: 'Zoë', spent: 1234.5 });
    const again = await imported(core.call, PEOPLE, { mapping: 'crm', source: 'crm' });
    expect(again).toMatchObject({ rows: { accepted: 1 }, events: { written: 0, known: 1 } });
    const [{ logged }] = (await core.database.query(
      `SELECT count(*)::int AS logged FROM event_log WHERE source = 'crm' AND verified`,
    )) as [{ logged: number }];
    expect(logged).toBe(1);
  });

  it('give rejected rows back, to be put right and sent again', async () => {
    const first = await imported(core.call, PEOPLE, { mapping, source: 'fix' });
    const page = await core.call<{ items: object[]; nextCursor: number }>(
      `GET /v1/imports/${first.id}/rejects?limit=1`,
      { key: 'admin' },
    );
    expect(page.body).toEqual({
      items: [
        {
          line: 3,
          column: 'E-Mail',
          reason: '“nobody” is not an e-mail address',
          raw: '2;Bob;nobody;7,00\r\n',
        },
      ],
      nextCursor: 3,
    });
    const file = await rejects(first.id, 'csv');
    expect(file.split('\n')).toEqual([
      'rejected_line;rejected_reason;Kundennr;Vorname;E-Mail;Umsatz',
      '3;E-Mail: “nobody” is not an e-mail address;2;Bob;nobody;7,00',
      '4;Umsatz: “x” is not an amount;3;Cleo;cleo@example.org;x',
      '',
    ]);
    const right = file.replace('Bob;nobody', 'Bob;bob@example.org').replace('example.org;x', 'example.org;9');
    expect(await imported(core.call, right, { mapping, source: 'fix' })).toMatchObject({
      rows: { read: 2, accepted: 2 },
      events: { written: 2 },
    });
  });

  it('turn each item of a list into an event', async () => {
    const orders = {
      type: 'track',
      key: ['$.no', '$.lines[].sku'],
      fields: [
        { from: '$.customer.id', to: 'userId' },
        { value: 'Product Ordered', to: 'event' },
        { from: '$.no', to: 'properties.order_id' },
        { from: '$.lines[].sku', to: 'properties.sku' },
      ],
    };
    const document = '{"no":"o1","customer":{"id":"fan"},"lines":[{"sku":"a"},{"sku":"b"}]}\n{"no":"o2"}\n';
    const view = await imported(core.call, gzipSync(document), {
      mapping: orders,
      source: 'orders',
      format: 'ndjson',
    });
    expect(view).toMatchObject({ state: 'done', rows: { accepted: 1, rejected: 1 }, events: { written: 2 } });
    expect(await rejects(view.id, 'ndjson')).toBe(
      '{"$rejected":{"line":2,"reason":"holds nothing that becomes an event"},"no":"o2"}\n',
    );
  });

  it.each([
    ['no mapping', 'id\n1\n', {}, 422, 'IMPORT.INVALID_MAPPING'],
    ['a mapping nobody knows', 'id\n1\n', { mapping: 'nobody' }, 404, 'IMPORT.MAPPING_NOT_FOUND'],
    ['a mapping that is no JSON', 'id\n1\n', { mapping: '{"fields"' }, 400, 'HTTP.MALFORMED_JSON'],
    ['a mapping without fields', 'id\n1\n', { mapping: { fields: [] } }, 400, 'HTTP.INVALID_REQUEST'],
    [
      'a date format that is none',
      'id\n1\n',
      { mapping: { fields: [{ from: 'id', to: 'traits.a', as: 'date', format: 'whenever' }] } },
      422,
      'IMPORT.INVALID_MAPPING',
    ],
    ['nothing', '', { mapping: ids }, 422, 'IMPORT.EMPTY_FILE'],
    ['nothing, packed', gzipSync(''), { mapping: ids }, 422, 'IMPORT.EMPTY_FILE'],
    ['a workbook', 'PK\u0003\u0004rest', { mapping: ids }, 422, 'IMPORT.UNREADABLE_FILE'],
    ['two bytes of gzip', Buffer.from([0x1f, 0x8b]), { mapping: ids }, 422, 'IMPORT.UNREADABLE_FILE'],
  ])('are refused at once: %s', async (_name, file, parameters, status, code) => {
    const answer = await send(file, parameters);
    expect(answer.body).toMatchObject({ status, code });
  });

  it.each([
    [
      'a column that is not there',
      'name\nAnn\n',
      ids,
      0,
      null,
      /“id”, and the file has no such column; it has name/,
    ],
    ['a column that is there twice', 'id,id\n1,2\n', ids, 0, null, /more than once/],
    ['a gzip file that ends too early', undefined, ids, 1000, undefined, /ends too early/],
    ['a header that cannot be read', '"id\n1\n2\n', ids, 0, 1, /the header cannot be read/],
  ])(
    'fail with a reason, and keep what came before: %s',
    async (_name, text, fields, atLeast, line, reason) => {
      const rows = Array.from({ length: 100_000 }, (_none, index) => `${index * 7919}`).join('\n');
      const packed = gzipSync(`id\n${rows}\n`);
      const view = await imported(core.call, text ?? packed.subarray(0, packed.length - 1000), {
        mapping: fields,
        source: 'bad',
      });
      expect(view).toMatchObject({ state: 'failed', reason: expect.stringMatching(reason) as string });
      expect(view.rows.accepted).toBeGreaterThanOrEqual(atLeast);
      expect(view.reasonLine).toBe(line === undefined ? view.rows.read + 2 : line);
    },
  );

  it('stop at too many rejected rows, and go on when that is wanted', async () => {
    const rows = Array.from({ length: 9000 }, (_none, index) => (index % 2 ? `${index}` : `${index},x`)).join(
      '\n',
    );
    const failed = await imported(core.call, `id\n${rows}\n`, {
      mapping: ids,
      source: 'many',
      maxRejected: 100,
    });
    expect(failed).toMatchObject({ state: 'failed', resumable: true, rows: { read: 2000 } });
    const resumed = await core.call<ImportView>(`/v1/imports/${failed.id}/resume`, {
      key: 'admin',
      body: { maxRejected: 10_000 },
    });
    expect(resumed.status).toBe(200);
    expect(await ended(core.call, failed.id)).toMatchObject({
      state: 'done',
      rows: { read: 9000, accepted: 4500, rejected: 4500 },
      events: { written: 4500, known: 0 },
    });
    const again = await core.call(`/v1/imports/${failed.id}/resume`, { key: 'admin', body: {} });
    expect(again.body).toMatchObject({ status: 409, code: 'IMPORT.WRONG_STATE' });
  });

  it('can be stopped and gone on with', async () => {
    const rows = Array.from({ length: 60_000 }, (_none, index) => `${index}`).join('\n');
    const { body } = await send(`id\n${rows}\n`, { mapping: ids, source: 'stop' });
    await until('some rows', async () => {
      const view = await core.call<ImportView>(`GET /v1/imports/${body.id}`, { key: 'admin' });
      return view.body.rows.read > 0;
    });
    const cancelled = await core.call<ImportView>(`/v1/imports/${body.id}/cancel`, { key: 'admin' });
    expect(cancelled.body).toMatchObject({ state: 'cancelled', resumable: true });
    expect(cancelled.body.rows.read).toBeLessThan(60_000);
    const logged = async () => {
      const [row] = await core.database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM event_log WHERE source = 'stop'`,
      );
      return row?.count;
    };
    await core.call(`/v1/imports/${body.id}/resume`, { key: 'admin', body: {} });
    expect(await ended(core.call, body.id)).toMatchObject({
      state: 'done',
      rows: { accepted: 60_000 },
      events: { written: 60_000, known: 0 },
    });
    expect(await logged()).toBe(60_000);
  });

  it('let live senders go first', async () => {
    const waiting = async () => {
      const [row] = await core.database.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM import_pending',
      );
      return row?.count ?? 0;
    };
    expect(await waiting()).toBeGreaterThan(5000);
    await visibly(core.call, '/v1/track', { userId: 'live', event: 'Seen' });
    expect(await waiting()).toBeGreaterThan(0);
  });

  it('belong to their source', async () => {
    const mine = await send('id\n1\n', { mapping: ids }, 'server');
    expect(mine.status).toBe(202);
    const others = await send('id\n1\n', { mapping: ids, source: 'crm' }, 'server');
    expect(others.body).toMatchObject({ status: 403, code: 'IMPORT.SOURCE_NOT_ALLOWED' });
    const theirs = await imported(core.call, 'id\n1\n', { mapping: ids, source: 'crm' });
    for (const route of [`GET /v1/imports/${theirs.id}`, `GET /v1/imports/${theirs.id}/rejects`])
      expect((await core.call(route)).body).toMatchObject({ status: 404, code: 'IMPORT.NOT_FOUND' });
    const list = async (key: 'admin' | 'server') =>
      (await core.call<{ items: { source: string }[] }>('GET /v1/imports?limit=200', { key })).body.items;
    expect(new Set((await list('server')).map(({ source }) => source))).toEqual(new Set(['default']));
    expect((await list('admin')).length).toBeGreaterThan(10);
    const { status } = await core.call('/v1/imports', { key: { bearer: core.keys.write }, body: 'id\n1\n' });
    expect(status).toBe(403);
  });

  it('forget a person among the rejected rows', async () => {
    const { id } = await imported(core.call, PEOPLE, { mapping, source: 'forget' });
    const holder = core.app
      .get(PersonalDataHolders, { strict: false })
      .all.find(({ scope }) => scope === 'imports') as PersonalDataHolder;
    const subject = { profileIds: [], identifiers: [], spellings: ['cleo@example.org'], events: [] };
    const held: object[] = [];
    for await (const record of holder.export(subject)) held.push(record);
    expect(held).toContainEqual(
      expect.objectContaining({ data: expect.objectContaining({ import: id, line: 4 }) as object }),
    );
    await core.database.transaction((tx) => holder.erase(tx, subject));
    expect(await rejects(id, 'csv')).not.toMatch(/cleo/i);
    expect(await rejects(id, 'csv')).toMatch(/Bob/);
  });

  it('are listed page by page', async () => {
    const all = await core.call<{ items: { id: string }[] }>('GET /v1/imports?limit=200', { key: 'admin' });
    const pages: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor && `&cursor=${cursor}`;
      const page = await core.call<{ items: { id: string }[]; nextCursor: string | null }>(
        `GET /v1/imports?limit=3${query}`,
        { key: 'admin' },
      );
      pages.push(...page.body.items.map(({ id }) => id));
      cursor = page.body.nextCursor;
    }
    expect(pages).toEqual(all.body.items.map(({ id }) => id));
  });
});
