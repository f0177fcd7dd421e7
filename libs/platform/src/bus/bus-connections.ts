import type { DataSource } from 'typeorm';
import pg from 'pg';

/**
 * A lost claim or acknowledgement only means that a message is handled again, which the bus promises to survive
 * anyway: no need to wait for the disk.
 */
const RELAXED = 'SET synchronous_commit = off;';

/** Where the broker forgets a message once we wrote it down, the writing must be on the disk. */
const DURABLE = `SET synchronous_commit = on; SET idle_in_transaction_session_timeout = '30s';`;

/** A queue empties and fills faster than statistics follow, so the planner is told what is right here at every size: walk the indexes. */
const SESSION = `SET enable_hashjoin = off; SET enable_mergejoin = off;
  SET enable_seqscan = off; SET jit = off`;

/**
 * The worker's own few connections. They are apart from the pool of the business transactions:
 * leases must be extended just when handlers hold all of that.
 */
export class BusConnections {
  private readonly pool: pg.Pool;
  private closed = false;

  constructor(
    readonly config: pg.ClientConfig,
    onError: (error: Error) => void,
    { durable = false }: { durable?: boolean } = {},
  ) {
    // The pool waits for what this returns before it lends the connection.
    const onConnect = (client: pg.ClientBase) => client.query((durable ? DURABLE : RELAXED) + SESSION);
    this.pool = new pg.Pool({ ...config, max: durable ? 6 : 3, idleTimeoutMillis: 60_000, onConnect });
    this.pool.on('error', onError);
  }

  async query<R extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<R[]> {
    return (await this.pool.query<R>(sql, values)).rows;
  }

  /** Runs `work` in one transaction on one connection. */
  async transaction(work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
    const client = await this.pool.connect();
    let broken = false;
    // A connection that is cut between two statements has nobody else to tell; the next statement fails.
    const cut = () => (broken = true);
    client.on('error', cut);
    try {
      await client.query('BEGIN');
      await work(client);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(cut);
      throw error;
    } finally {
      client.off('error', cut);
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.pool.end();
  }
}

/** How to reach the database a data source is connected to. */
export function connectionOf(dataSource: DataSource): pg.ClientConfig {
  const { options } = dataSource;
  if (options.type !== 'postgres' || !options.url) throw new Error('the bus needs a PostgreSQL url');
  return { connectionString: options.url, application_name: 'repartee-bus', connectionTimeoutMillis: 5_000 };
}
