import { createTestDatabase, type TestDatabase } from '@repartee/platform/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Core, startCore } from '../core.js';
import { DatabaseFill } from './fill-database.js';
import { type BenchPerson, benchPeople } from './people.js';
import { COLUMNS, FILLED, type FilledTable } from './person-rows.js';

const PEOPLE = 40;

interface Place {
  db: TestDatabase;
  folder: string;
  core: Core;
}

async function place(): Promise<Place> {
  const db = await createTestDatabase({ entities: [], migrations: [] });
  const folder = await mkdtemp(join(tmpdir(), 'repartee-bench-'));
  return { db, folder, core: await startCore({ cores: undefined, databaseUrl: db.url, dataDir: folder }) };
}

/** Sends what people say of themselves, and waits until it shows. */
async function introduce({ core }: Place, people: BenchPerson[]): Promise<void> {
  for (const { introduction } of people) {
    const answer = await fetch(`http://127.0.0.1:${core.port}/v1/identify`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${core.keys.server}:`).toString('base64')}`,
        'content-type': 'application/json',
        prefer: 'visible, wait=10',
      },
      body: JSON.stringify(introduction),
    });
    expect(await answer.json()).toMatchObject({ visible: true });
  }
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^"]*|(?<="(?:at|first|last|firstSeen|lastSeen)":)\d{13}/g;

/** A table's rows in the order of what is in them, with ids and times, which differ by nature, made alike. */
async function contents({ db }: Place, table: FilledTable): Promise<string[]> {
  const rows = await db.database.query<Record<string, unknown>>(
    `SELECT ${COLUMNS[table].map((name) => `${name}::text AS ${name}`).join(', ')} FROM ${table}`,
  );
  return rows
    .map((row) => JSON.stringify(row).replaceAll('\\"', '"').replace(UUID, 'id').replace(TIME, 'time'))
    .sort();
}

async function filledTables({ db }: Place): Promise<string[]> {
  const tables = await db.database.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  );
  const filled: string[] = [];
  for (const { name } of tables) {
    const [row] = await db.database.query(`SELECT 1 FROM ${name} LIMIT 1`);
    if (row) filled.push(name);
  }
  return filled.sort();
}

describe('filling the database with people', () => {
  let byEvents: Place;
  let byFill: Place;
  let before: string[];

  beforeAll(async () => {
    byEvents = await place();
    byFill = await place();
    before = await filledTables(byFill);
    const people = benchPeople();
    await introduce(
      byEvents,
      Array.from({ length: PEOPLE }, () => people.next().value),
    );
    await byFill.core.child.stop();
    const fill = new DatabaseFill(byFill.db.url, Date.now());
    await fill.fillTo(PEOPLE / 2);
    await fill.fillTo(PEOPLE);
  }, 60_000);
  afterAll(async () => {
    for (const { core, db, folder } of [byEvents, byFill]) {
      await core.child.stop();
      await db.drop();
      await rm(folder, { recursive: true, force: true });
    }
  });

  it.each(FILLED)('makes the rows of %s that the core makes', async (table) => {
    const made = await contents(byEvents, table);
    expect(made.length).toBeGreaterThan(0);
    expect(await contents(byFill, table)).toEqual(made);
  });

  it('leaves nothing out but the logs, and who of a household may be somebody else of it', async () => {
    const made = (await filledTables(byEvents)).filter((name) => !before.includes(name));
    const known = new Set<string>(FILLED);
    expect(made.filter((name) => !known.has(name) && !name.startsWith('event_'))).toEqual([
      'match_edge',
      'match_review',
      'profile_change',
    ]);
  });

  it('keeps keys and indexes', async () => {
    const indexes = ({ db }: Place) =>
      db.database.query('SELECT indexdef FROM pg_indexes WHERE tablename = ANY($1) ORDER BY indexdef', [
        FILLED,
      ]);
    expect(await indexes(byFill)).toEqual(await indexes(byEvents));
  });
});
