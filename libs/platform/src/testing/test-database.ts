import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import {
  createDataSource,
  Database,
  migrate,
  type EntityClass,
  type MigrationClass,
} from '../database/index.js';

export interface TestDatabase {
  database: Database;
  dataSource: DataSource;
  url: string;
  /** Closes the connections and removes the database. */
  drop(): Promise<void>;
}

async function administer(url: string, sql: string): Promise<void> {
  const admin = await createDataSource({ url, entities: [], migrations: [], poolSize: 1 }).initialize();
  try {
    await admin.query(sql);
  } finally {
    await admin.destroy();
  }
}

/**
 * A real, empty, migrated PostgreSQL database of its own for one spec file.
 * The server is the one Jest's global set-up started (`TEST_DATABASE_URL`).
 */
export async function createTestDatabase(options: {
  entities: readonly EntityClass[];
  migrations: readonly MigrationClass[];
}): Promise<TestDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) throw new Error('TEST_DATABASE_URL is not set: run the spec through Jest with its preset');
  const name = `test_${process.env['JEST_WORKER_ID'] ?? '0'}_${randomBytes(6).toString('hex')}`;
  await administer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const dataSource = await createDataSource({ ...options, url: url.href, poolSize: 10 }).initialize();
  await migrate(dataSource);
  return {
    database: new Database(dataSource),
    dataSource,
    url: url.href,
    drop: async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
      await administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}
