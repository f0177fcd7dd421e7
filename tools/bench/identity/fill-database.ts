import { copyLine, newId } from '@repartee/platform';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type BenchPerson, benchPeople } from './people.js';
import { COLUMNS, FILLED, personRows, type PersonRows } from './person-rows.js';

/** The source of the core's first keys. */
const SOURCE = 'default';
const PEOPLE_PER_COPY = 2_500;

/** People in the database of a core that does not run, made without the core: a thousand times as fast as by events. */
export class DatabaseFill {
  private readonly people = benchPeople();
  private filled = 0;

  constructor(
    private readonly databaseUrl: string,
    /** Event time of the first person, milliseconds since the epoch; each next one was introduced a millisecond later. */
    private readonly since: number,
  ) {}

  /** Adds people until there are so many. */
  async fillTo(count: number): Promise<void> {
    const client = new Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      await client.query(`SET synchronous_commit = off; SET maintenance_work_mem = '512MB'`);
      const rebuild = await dropIndexes(client);
      while (this.filled < count) {
        await client.query('BEGIN');
        await this.copySome(client, Math.min(PEOPLE_PER_COPY, count - this.filled));
        await client.query('COMMIT');
      }
      for (const statement of rebuild) await client.query(statement);
      await client.query(`VACUUM (ANALYZE) ${FILLED.join(', ')}`);
      // What was written must not reach the disk while something is measured.
      await client.query('CHECKPOINT');
    } finally {
      await client.end();
    }
  }

  private async copySome(client: Client, count: number): Promise<void> {
    const rows = Array.from({ length: count }, () => this.rowsOf(this.people.next().value));
    this.filled += count;
    for (const table of FILLED) {
      const lines = rows.flatMap((one) => one[table].flatMap((row) => copyLine(row.map(String))));
      await pipeline(
        Readable.from([lines.join('')]),
        client.query(copyFrom(`COPY ${table} (${COLUMNS[table].join(', ')}) FROM STDIN`)),
      );
    }
  }

  private rowsOf({ number, introduction }: BenchPerson): PersonRows {
    const at = this.since + number;
    const event = { id: newId(), source: SOURCE, occurredAt: at, receivedAt: at, payload: introduction };
    return personRows(event, { profile: newId(), record: newId() });
  }
}

/** Drops primary keys and indexes, which are built far faster at once. @returns what makes them again */
async function dropIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ drop: string; make: string }>(
    `SELECT coalesce('ALTER TABLE ' || c.conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(c.conname),
         'DROP INDEX ' || i.indexrelid::regclass) AS drop,
       coalesce('ALTER TABLE ' || c.conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(c.conname) || ' '
         || pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)) AS make
     FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u')
     WHERE i.indrelid = ANY($1::regclass[])`,
    [FILLED],
  );
  for (const { drop } of rows) await client.query(drop);
  return rows.map(({ make }) => make);
}
