import { createTestDatabase, type TestDatabase } from '@repartee/platform/testing';
import { Client } from 'pg';
import {
  createEventTable,
  describeIndexes,
  insertMany,
  insertOne,
  rowOf,
  TABLE,
  type Column,
} from './event-table.js';
import { measureCopy, measureMultiRowInsert } from './table-loads.js';

describe('the table of the ceilings', () => {
  let db: TestDatabase;
  let client: Client;
  let columns: Column[];

  beforeAll(async () => {
    db = await createTestDatabase({ entities: [], migrations: [] });
    client = new Client({ connectionString: db.url });
    await client.connect();
    await client.query(`
      CREATE TABLE event_log (received_at timestamptz NOT NULL, id uuid NOT NULL, lane smallint NOT NULL, source text NOT NULL,
        message_id text NOT NULL, verified boolean NOT NULL, payload json NOT NULL, PRIMARY KEY (received_at, id)) PARTITION BY RANGE (received_at);
      CREATE TABLE event_dedup (source text, message_id text, received_at timestamptz, PRIMARY KEY (source, message_id));
      CREATE INDEX event_dedup_received_at ON event_dedup (received_at)`);
    columns = await createEventTable(client);
  });
  afterAll(async () => {
    await client.end();
    await db.drop();
  });

  const count = async () =>
    (await client.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${TABLE}`)).rows[0]?.rows;

  it('has the columns and the keys of the log, and those of the deduplication', async () => {
    expect(columns.map(({ name }) => name)).toEqual([
      'received_at',
      'id',
      'lane',
      'source',
      'message_id',
      'verified',
      'payload',
    ]);
    expect(await describeIndexes(client)).toEqual([
      'btree (received_at)',
      'UNIQUE btree (received_at, id)',
      'UNIQUE btree (source, message_id)',
    ]);
  });

  it('takes one row or many, each message once', async () => {
    const one = rowOf(columns, 'm-1', '{"a":1}');
    await client.query(insertOne(columns), one);
    await client.query(insertOne(columns), one);
    expect(await count()).toBe(1);
    const rows = ['m-1', 'm-2', 'm-3'].map((id) => rowOf(columns, id, '{"a":2}'));
    await client.query(
      insertMany(columns),
      columns.map((_, column) => rows.map((row) => row[column])),
    );
    expect(await count()).toBe(3);
  });

  it('is loaded by INSERT and by COPY', async () => {
    const load = { databaseUrl: db.url, columns, seconds: 0.1 };
    expect(await measureMultiRowInsert(load)).toBeGreaterThan(0);
    expect((await count()) ?? 0).toBeGreaterThanOrEqual(2000);
    expect(await measureCopy(load)).toBeGreaterThan(0);
    expect((await count()) ?? 0).toBeGreaterThanOrEqual(20_000);
  });
});
