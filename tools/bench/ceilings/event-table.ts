import { newId } from '@repartee/platform';
import { Client } from 'pg';

/** A column of the event log. */
export interface Column {
  name: string;
  /** As `format_type` names it, for casts. */
  type: string;
}

export const TABLE = 'bench.event';

/**
 * Makes an empty table like the event log: the same columns and primary key, and the keys of the deduplication
 * table on top. Both are read from the catalog of the running schema, so that the comparison cannot fall behind it.
 */
export async function createEventTable(client: Client): Promise<Column[]> {
  await client.query(
    `DROP SCHEMA IF EXISTS bench CASCADE; CREATE SCHEMA bench; CREATE TABLE ${TABLE} (LIKE event_log INCLUDING ALL)`,
  );
  const columns = await client.query<Column>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
      WHERE attrelid = '${TABLE}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
  );
  const keys = await client.query<{ definition: string }>(
    `SELECT pg_get_indexdef(indexrelid) AS definition FROM pg_index WHERE indrelid = 'event_dedup'::regclass`,
  );
  for (const { definition } of keys.rows) {
    await client.query(definition.replace(/INDEX \S+ ON \S+/, `INDEX ON ${TABLE}`));
  }
  return columns.rows;
}

/** Runs `work` with such a table, which is gone afterwards. */
export async function withEventTable<T>(
  databaseUrl: string,
  work: (columns: Column[], client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(await createEventTable(client), client);
  } finally {
    await client.query('DROP SCHEMA IF EXISTS bench CASCADE');
    await client.end();
  }
}

/** The indexes of the table as SQL, for the report. */
export async function describeIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ definition: string }>(
    `SELECT pg_get_indexdef(indexrelid) AS definition FROM pg_index WHERE indrelid = '${TABLE}'::regclass ORDER BY 1`,
  );
  return rows.map(({ definition }) => definition.replace(/^CREATE (UNIQUE )?INDEX \S+ ON \S+ USING /, '$1'));
}

const fillers: readonly [RegExp, () => string][] = [
  [/^uuid/, newId],
  [/^timestamp/, () => new Date().toISOString()],
  [/^(small|big)?int|^numeric|^double|^real/, () => '1'],
  [/^bool/, () => 'true'],
  [/^json/, () => '{}'],
  [/./, () => 'bench'],
];

/** The values of one event in the order of the columns, as text that PostgreSQL casts. */
export function rowOf(columns: readonly Column[], messageId: string, payload: string): string[] {
  return columns.map(({ name, type }) => {
    if (name === 'message_id') return messageId;
    if (name === 'payload') return payload;
    return fillers.find(([pattern]) => pattern.test(type))?.[1]() ?? '';
  });
}

/** The table's own statement for one event, one parameter a column. */
export function insertOne(columns: readonly Column[]): string {
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const values = columns.map(({ type }, index) => `$${index + 1}::${type}`).join(', ');
  return `INSERT INTO ${TABLE} (${names}) VALUES (${values}) ON CONFLICT (source, message_id) DO NOTHING`;
}

/** One statement for many events, one array a column. */
export function insertMany(columns: readonly Column[]): string {
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const values = columns.map(({ name, type }) => `"${name}"::${type}`).join(', ');
  const arrays = columns.map((_, index) => `$${index + 1}::text[]`).join(', ');
  return `INSERT INTO ${TABLE} (${names}) SELECT ${values} FROM unnest(${arrays}) AS t(${names}) ON CONFLICT (source, message_id) DO NOTHING`;
}
