import pg from 'pg';
import { DATABASE, ROLE } from './cluster.js';
import type { Postmaster } from './postmaster.js';

/** Any fixed number: whoever holds this lock in the database `postgres` uses the embedded server. */
const IN_USE_LOCK = 7_273_783_301;

/** The connection that marks the server as ours while this process lives; the lock ends with the process. */
export interface Session {
  /** What the server says is the identity of its cluster. */
  readonly systemIdentifier: string;
  /** False when another living process uses this server. */
  claim(): Promise<boolean>;
  createDatabase(): Promise<void>;
  close(): Promise<void>;
}

/** Connects to the server as its one role. */
export async function openSession(server: Postmaster, password: string): Promise<Session> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: server.port,
    user: ROLE,
    password,
    database: 'postgres',
    application_name: 'repartee keeper',
    connectionTimeoutMillis: 10_000,
    query_timeout: 30_000,
    keepAlive: true,
  });
  client.on('error', () => undefined); // The server went away: whoever queries it reports that.
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      'SELECT system_identifier::text AS id FROM pg_control_system()',
    );
    return sessionOver(client, rows[0]!.id);
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

function sessionOver(client: pg.Client, systemIdentifier: string): Session {
  return {
    systemIdentifier,
    async claim() {
      const { rows } = await client.query<{ free: boolean }>(
        'SELECT pg_try_advisory_lock($1::bigint) AS free',
        [IN_USE_LOCK],
      );
      return rows[0]!.free;
    },
    async createDatabase() {
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
      if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE}`);
    },
    async close() {
      await client.end().catch(() => undefined);
    },
  };
}
