import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { trackEvent } from '../generator/requests.js';
import { insertMany, rowOf, TABLE, type Column } from './event-table.js';

export interface TableLoad {
  databaseUrl: string;
  columns: Column[];
  seconds: number;
}

const ROWS_PER_INSERT = 1000;
const ROWS_PER_COPY = 10_000;
const ROWS_PER_CHUNK = 200;

/** Makes unique rows; the payload is the event that the generator sends. */
class Rows {
  private next = 0;

  constructor(private readonly columns: Column[]) {}

  take(count: number): string[][] {
    const settings = { key: '', people: 100_000, run: 'row' };
    return Array.from({ length: count }, () => {
      const n = this.next++;
      return rowOf(this.columns, `row-${n}`, trackEvent(n, settings));
    });
  }
}

/** Runs `load` again and again on one connection and one empty table; rows per second, each run committed. */
async function measure(
  { databaseUrl, seconds }: TableLoad,
  load: (client: Client) => Promise<number>,
): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`TRUNCATE ${TABLE}`);
    await load(client);
    const start = performance.now();
    let rows = 0;
    while (performance.now() - start < seconds * 1000) rows += await load(client);
    return rows / ((performance.now() - start) / 1000);
  } finally {
    await client.end();
  }
}

/** Rows per second by INSERT … SELECT FROM unnest, a thousand rows and one commit a statement. */
export function measureMultiRowInsert(load: TableLoad): Promise<number> {
  const rows = new Rows(load.columns);
  const text = insertMany(load.columns);
  return measure(load, async (client) => {
    const taken = rows.take(ROWS_PER_INSERT);
    const values = load.columns.map((_, column) => taken.map((row) => row[column]));
    await client.query({ name: 'insert-many', text, values });
    return taken.length;
  });
}

/** Rows per second by COPY, ten thousand rows and one commit a statement. */
export function measureCopy(load: TableLoad): Promise<number> {
  const rows = new Rows(load.columns);
  const names = load.columns.map(({ name }) => `"${name}"`).join(', ');
  function* chunks(): Generator<string> {
    for (let made = 0; made < ROWS_PER_COPY; made += ROWS_PER_CHUNK) {
      const lines = rows.take(ROWS_PER_CHUNK).map((row) => row.join('\t'));
      yield `${lines.join('\n')}\n`;
    }
  }
  return measure(load, async (client) => {
    await pipeline(
      Readable.from(chunks(), { highWaterMark: 2 }),
      client.query(copyFrom(`COPY ${TABLE} (${names}) FROM STDIN`)),
    );
    return ROWS_PER_COPY;
  });
}
