import type { Database } from './database.js';

/** Makes the monthly partitions of one table as they are needed. Table names come from code, never from input. */
export class MonthlyPartitions {
  private readonly known = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly table: string,
    /** Storage parameters of each partition: code, never input. */
    private readonly storage?: string,
  ) {}

  /** Makes sure that a row dated `at` (milliseconds since the epoch) has a partition. Free once it is known. */
  async ensure(at: number): Promise<void> {
    const date = new Date(at);
    const start = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
    const name = `${this.table}_${start.toISOString().slice(0, 7).replace('-', '_')}`;
    if (this.known.has(name)) return;
    const end = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
    await this.database.transaction(async (tx) => {
      // Two processes may come to a new month together: the lock makes the second find the partition made.
      await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [name]);
      await tx.query(
        `CREATE TABLE IF NOT EXISTS ${name} PARTITION OF ${this.table}
         FOR VALUES FROM ('${start.toISOString()}') TO ('${end.toISOString()}')
         ${this.storage === undefined ? '' : `WITH (${this.storage})`}`,
      );
    });
    this.known.add(name);
  }
}
