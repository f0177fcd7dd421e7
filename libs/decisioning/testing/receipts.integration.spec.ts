import { Logger } from '@nestjs/common';
import { newId, type Database } from '@repartee/platform';
import { createTestDatabase, ManualClock, type TestDatabase } from '@repartee/platform/testing';
import { Receipts, decisioningEntities, decisioningMigrations } from '../src/index.js';
import { ReceiptStore, Rosters, type ReceiptLine, type ReceiptRow } from '../src/persistence/index.js';

const AT = Date.UTC(2026, 0, 15);
const row = (more: Partial<ReceiptRow> = {}): ReceiptRow => {
  const id = newId();
  const receipt = JSON.stringify({
    v: 3,
    id,
    at: AT,
    ch: 'web',
    p: null,
    pv: 0,
    k: 0,
    l: 0,
    f: 0,
    a: null,
    d: 'd',
    x: {},
    r: 1,
    z: [],
    o: 'empty',
    n: [],
    c: '',
  });
  return { id, at: AT, profileId: null, receipt, ...more };
};

/** A database that fails for as long as it is told to. */
class FailingStore extends ReceiptStore {
  down = false;
  writes = 0;

  override async copy(lines: readonly ReceiptLine[]): Promise<ReceiptLine[]> {
    this.writes += 1;
    if (this.down) throw new Error('connection refused');
    return super.copy(lines);
  }
}

describe('the receipts', () => {
  let db: TestDatabase;
  let store: FailingStore;
  let receipts: Receipts;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    db = await createTestDatabase({ entities: decisioningEntities, migrations: decisioningMigrations });
    await db.database.query(`INSERT INTO offer_roster VALUES ('empty', '[]')`);
  });
  beforeEach(async () => {
    await db.database.query('TRUNCATE decision_receipt');
    store = new FailingStore(db.database as Database);
    receipts = new Receipts(store, new Rosters(db.database), new ManualClock(AT));
    await receipts.onModuleInit();
  });
  afterEach(async () => {
    store.down = false;
    await receipts.onApplicationShutdown();
  });
  afterAll(() => db.drop());

  const count = async () =>
    (await db.database.query<{ count: number }>('SELECT count(*)::int AS count FROM decision_receipt'))[0]
      ?.count;

  it('share writes', async () => {
    for (let n = 0; n < 1200; n += 1) receipts.add(row());
    await receipts.drain();
    expect(await count()).toBe(1200);
    expect(store.writes).toBeLessThanOrEqual(4);
  });

  it('find their month, whenever it is', async () => {
    const months = ['2024-02-29', '2026-12-31', '2031-01-01'].map((day) => row({ at: Date.parse(day) }));
    for (const one of months) receipts.add(one);
    await receipts.drain();
    expect(await count()).toBe(3);
    const partitions = await db.database.query<{ name: string }>(
      `SELECT DISTINCT tableoid::regclass::text AS name FROM decision_receipt ORDER BY 1`,
    );
    expect(partitions.map(({ name }) => name)).toEqual([
      'decision_receipt_2024_02',
      'decision_receipt_2026_12',
      'decision_receipt_2031_01',
    ]);
  });

  it('wait out a database that fails, in order and once each', async () => {
    store.down = true;
    const first = row();
    receipts.add(first);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(store.writes).toBeGreaterThan(1);
    expect(receipts.pending).toBe(1);
    expect(await receipts.find(first.id)).toMatchObject({ decisionId: first.id });
    store.down = false;
    receipts.add(row());
    await receipts.drain();
    expect(await count()).toBe(2);
  });

  it('are refused beyond what may be kept', async () => {
    store.down = true;
    const large = JSON.stringify('x'.repeat(999_998));
    for (let n = 0; n < 23; n += 1) receipts.add(row({ receipt: large }));
    expect(receipts.full).toBe(false);
    receipts.add(row({ receipt: large }));
    expect(receipts.full).toBe(true);
    store.down = false;
    await receipts.drain();
    expect(receipts.full).toBe(false);
  });

  it('do not sink one another', async () => {
    receipts.add(row());
    receipts.add(row({ profileId: 'not a uuid' }));
    receipts.add(row({ receipt: '{' }));
    receipts.add(row());
    await receipts.drain();
    expect(await count()).toBe(2);
  });

  it('say the same on their way and in the table', async () => {
    const receipt = row().receipt.replace(
      '"d":"d"',
      JSON.stringify({ d: 'tab\t, line\n, \\, "é"' }).slice(1, -1),
    );
    const one = row({ receipt });
    receipts.add(one);
    const before = await receipts.find(one.id);
    await receipts.drain();
    expect(await receipts.find(one.id)).toEqual(before);
    expect(before).toMatchObject({ dialogueId: 'tab\t, line\n, \\, "é"' });
  });

  it('enter the table once, also where it is not known whether they did', async () => {
    const sure = row();
    receipts.add(sure);
    await receipts.drain();
    receipts.add(sure);
    receipts.add(row());
    await receipts.drain();
    expect(await count()).toBe(2);
  });

  it('are written before the process ends', async () => {
    receipts.add(row());
    await receipts.beforeApplicationShutdown();
    expect(await count()).toBe(1);
  });
});
