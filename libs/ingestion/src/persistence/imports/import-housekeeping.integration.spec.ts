import { Housekeeping, newId } from '@repartee/platform';
import { createTestDatabase, ManualClock, type TestDatabase } from '@repartee/platform/testing';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingestionMigrations } from '../create-event-log.migration.js';
import { ingestionEntities } from '../ingestion.entities.js';
import { ImportHousekeeping } from './import-housekeeping.js';
import { ImportStore } from './import-store.js';
import { RefusalStore } from './refusal-store.js';
import { Spool } from './spool.js';

const NOW = Date.UTC(2026, 10, 22, 10);
const HOUR = 3_600_000;

describe('ImportHousekeeping', () => {
  let db: TestDatabase;
  let dataDir: string;
  let clock: ManualClock;
  let store: ImportStore;
  let spool: Spool;
  let housekeeping: Housekeeping;
  let keeper: ImportHousekeeping;

  beforeEach(async () => {
    db = await createTestDatabase({ entities: ingestionEntities, migrations: ingestionMigrations });
    dataDir = await mkdtemp(join(tmpdir(), 'repartee-spool-'));
    clock = new ManualClock(NOW);
    store = new ImportStore(db.database, clock);
    spool = new Spool({ dataDir });
    await spool.onModuleInit();
    housekeeping = new Housekeeping();
    keeper = new ImportHousekeeping(housekeeping, store, new RefusalStore(db.database), spool, clock);
  });
  afterEach(async () => {
    await housekeeping.beforeApplicationShutdown();
    await db.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const lay = async (name: string, ageMs = 0) => {
    await writeFile(spool.path(name), 'id\n1\n');
    const written = new Date(Date.now() - ageMs);
    await utimes(spool.path(name), written, written);
    return name;
  };
  const lies = async () =>
    (await readdir(join(dataDir, 'imports'))).filter((name) => name !== 'spool-id').sort();

  /** An import that has begun, with its file. */
  async function begun() {
    const id = await lay(newId());
    await store.create({
      ...{ id, spool: spool.id, source: 'shop', format: 'csv', fileName: null, feed: null },
      ...{
        mapping: { fields: [{ from: 'id', to: 'userId' }] } as never,
        digest: 'ab',
        bytes: 5,
        maxRefused: 0,
      },
    });
    const worker = (await store.claim(spool.id))?.worker as string;
    return { id, worker };
  }

  it('removes at the start what a process left that was killed after an import was done', async () => {
    const first = await begun();
    await store.finish(first.id, first.worker, { state: 'done' });
    const second = await begun();
    await store.finish(second.id, second.worker, { state: 'done' });
    await store.giveUpFile(second.id);
    const open = await begun();
    expect(await lies()).toEqual([first.id, second.id, open.id].sort());
    await keeper.onApplicationBootstrap();
    expect(await lies()).toEqual([open.id]);
  });

  it('keeps the file of an import that failed for a week, to be resumed', async () => {
    const { id, worker } = await begun();
    await store.finish(id, worker, { state: 'failed', reason: 'broken' });
    clock.advance(7 * 24 * HOUR);
    await keeper.tidy();
    expect(await lies()).toEqual([id]);
    clock.advance(1);
    await keeper.tidy();
    expect(await lies()).toEqual([]);
    expect(await store.resume(id, undefined)).toBeUndefined();
  });

  it('removes uploads that broke off once nobody can be sending them any more', async () => {
    const arriving = [await lay(`${newId()}.part`), await lay(newId())];
    await lay(`${newId()}.part`, HOUR + 1000);
    await lay(newId(), HOUR + 1000);
    const strange = await lay('notes.txt', 2 * HOUR);
    await keeper.tidy();
    expect(await lies()).toEqual([...arriving, strange].sort());
  });
});
