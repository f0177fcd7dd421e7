import { createTestDatabase, type TestDatabase } from '@repartee/platform/testing';
import { entities, migrations } from './schema.js';

describe('the schema', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase({ entities, migrations });
  });
  afterAll(() => database.drop());

  it('is what the entities say', async () => {
    const { upQueries } = await database.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('goes down again, step by step, and leaves nothing', async () => {
    const { dataSource } = database;
    for (let step = 0; step < migrations.length; step += 1) await dataSource.undoLastMigration();
    const left = await dataSource.query(
      `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
    );
    expect(left).toEqual([{ table_name: 'migration' }]);
    await dataSource.runMigrations();
  });
});
