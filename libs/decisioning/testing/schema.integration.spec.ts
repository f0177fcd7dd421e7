import { createTestDatabase, type TestDatabase } from '@repartee/platform/testing';
import { decisioningEntities, decisioningMigrations } from '../src/index.js';
import { ReceiptStore } from '../src/persistence/index.js';

describe('the tables of decisioning', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase({ entities: decisioningEntities, migrations: decisioningMigrations });
  });
  afterAll(() => db.drop());

  it('are the same by migrations as by entities, with partitions and without', async () => {
    const wanted = async () => {
      const { upQueries } = await db.dataSource.driver.createSchemaBuilder().log();
      return upQueries.map(({ query }) => query);
    };
    expect(await wanted()).toEqual([]);
    await new ReceiptStore(db.database).prepare(Date.UTC(2026, 11, 31));
    expect(await wanted()).toEqual([]);
  });

  it('keep receipts in their rows as they are, and unswept, in every partition', async () => {
    await new ReceiptStore(db.database).prepare(Date.UTC(2027, 5, 15));
    const parts = await db.database.query<{ options: string[]; storage: string }>(
      `SELECT reloptions AS options, attstorage AS storage FROM pg_inherits
         JOIN pg_class ON pg_class.oid = inhrelid JOIN pg_attribute ON attrelid = inhrelid AND attname = 'receipt'
        WHERE inhparent = 'decision_receipt'::regclass`,
    );
    expect(parts.length).toBeGreaterThan(0);
    const options = [
      'toast_tuple_target=8160',
      'autovacuum_vacuum_insert_threshold=-1',
      'autovacuum_analyze_threshold=100000',
      'autovacuum_analyze_scale_factor=1',
    ];
    for (const part of parts) expect(part).toEqual({ options, storage: 'e' });
  });

  it('can be taken back', async () => {
    for (const _ of decisioningMigrations) await db.dataSource.undoLastMigration();
    expect(
      await db.database.query(
        `SELECT 1 FROM pg_tables WHERE tablename LIKE 'decision_receipt%' OR tablename LIKE 'cap_%'`,
      ),
    ).toEqual([]);
    await db.dataSource.runMigrations();
  });
});
