import type { DataSource } from 'typeorm';

/** Any constant will do, as long as every process takes the same. */
const MIGRATION_LOCK = 7_261_001;

/** Runs what migrations are missing, one process at a time: others wait for the advisory lock and then find nothing to do. */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const guard = dataSource.createQueryRunner();
  await guard.connect();
  try {
    await guard.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const done = await dataSource.runMigrations({ transaction: 'each' });
    return done.map((migration) => migration.name);
  } finally {
    await guard.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await guard.release();
  }
}
