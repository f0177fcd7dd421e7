import { createTestDatabase, type TestDatabase } from '@repartee/platform/testing';
import { accessEntities, accessMigrations } from '../src/index.js';

describe('the tables of access', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase({ entities: accessEntities, migrations: accessMigrations });
  });
  afterAll(() => db.drop());

  it('are the same by migrations as by entities', async () => {
    const { upQueries } = await db.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('can be taken back', async () => {
    for (const _ of accessMigrations) await db.dataSource.undoLastMigration();
    const tables = await db.database.query(
      `SELECT 1 FROM pg_tables WHERE tablename IN ('access_key', 'signing_key', 'account')`,
    );
    expect(tables).toEqual([]);
    await db.dataSource.runMigrations();
  });
});
