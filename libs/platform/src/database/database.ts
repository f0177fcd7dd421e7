import type { Result } from '@repartee/contracts';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import type { DataSource } from 'typeorm';
import { QueryFailedError, type EntityManager, type QueryRunner } from 'typeorm';

/** One open transaction. What is queried here commits or rolls back as a whole. */
export interface Transaction {
  /**
   * Runs parameterised SQL and returns its rows.
   * @param name makes it a prepared statement of this name: parsed once a connection, and planned once where PostgreSQL
   *   finds the general plan as good as one for these very parameters (see {@link unseen}). For hot, fixed SQL
   */
  query<R = Record<string, unknown>>(sql: string, parameters?: unknown[], name?: string): Promise<R[]>;
  readonly manager: EntityManager;
  /** Runs `work` once it is committed; never after a rollback. */
  afterCommit(work: () => void): void;
}

export interface TransactionOptions {
  /**
   * Whether the commit waits for the disk; yes unless told. Without it a crash of the database, not of this process,
   * may undo the newest commits, whole ones in their order: only for work that is then done again by itself.
   */
  durable?: boolean;
}

/** Serialisation failure and deadlock: the same work may well succeed when it runs again. */
const RETRYABLE = new Set(['40001', '40P01']);
const MAX_TRIES = 8;

/** Thrown inside a transaction that met a concurrent change: everything is rolled back and runs again. */
export class RetryTransactionError extends Error {}

/** Thrown to roll back what ended in a failure. */
class Failed extends Error {
  constructor(readonly result: { ok: false; failure: unknown }) {
    super('rolled back');
  }
}

/** The one way to PostgreSQL. */
export class Database {
  constructor(readonly dataSource: DataSource) {}

  /** Runs one statement in a transaction of its own; see {@link Transaction.query}. */
  async query<R = Record<string, unknown>>(sql: string, parameters?: unknown[], name?: string): Promise<R[]> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return await run<R>(runner, sql, parameters, name);
    } finally {
      await runner.release();
    }
  }

  /**
   * Writes lines of COPY's text format into a table, all or none. The bytes go to the socket as they are: they must stay
   * so until this settles.
   * @param into the table and its columns: code, never input
   */
  async copy(into: string, lines: readonly Buffer[]): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as CopyingClient;
      await pipeline(lines, client.query(copyFrom(`COPY ${into} FROM STDIN`)));
    } finally {
      await runner.release();
    }
  }

  /**
   * Runs `work` in one transaction, READ COMMITTED. Deadlocks and serialisation failures run it again,
   * so it must not have effects outside the transaction but through `afterCommit`.
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(work, options);
      } catch (error) {
        if (attempt >= MAX_TRIES || !isRetryable(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, attempt * 5 * (0.5 + Math.random())));
      }
    }
  }

  /** As {@link transaction}, for work that may end in a failure: then nothing of it is kept, and the failure is the answer. */
  async attempt<T, F>(work: (tx: Transaction) => Promise<Result<T, F>>): Promise<Result<T, F>> {
    try {
      return await this.transaction(async (tx) => {
        const result = await work(tx);
        if (!result.ok) throw new Failed(result);
        return result;
      });
    } catch (error) {
      if (error instanceof Failed) return error.result as { ok: false; failure: F };
      throw error;
    }
  }

  private async once<T>(
    work: (tx: Transaction) => Promise<T>,
    { durable = true }: TransactionOptions,
  ): Promise<T> {
    const after: (() => void)[] = [];
    const result = await this.dataSource.transaction(async (manager) => {
      const runner = manager.queryRunner;
      if (!runner) throw new Error('a transaction without a connection');
      if (!durable) await run(runner, 'SET LOCAL synchronous_commit = off');
      return work({
        manager,
        query: <R>(sql: string, parameters?: unknown[], name?: string) =>
          run<R>(runner, sql, parameters, name),
        afterCommit: (then) => void after.push(then),
      });
    });
    for (const then of after) then();
    return result;
  }
}

/** What of node-postgres prepared statements need; TypeORM itself has none. */
interface PreparingClient {
  query(statement: { name: string; text: string; values: unknown[] }): Promise<{ rows: unknown[] }>;
}

interface CopyingClient {
  query(copy: CopyStreamQuery): CopyStreamQuery;
}

async function run<R>(
  runner: QueryRunner,
  sql: string,
  parameters: unknown[] = [],
  name?: string,
): Promise<R[]> {
  if (name === undefined) return (await runner.query(sql, parameters, true)).records as R[];
  const client = (await runner.connect()) as PreparingClient;
  return (await client.query({ name, text: sql, values: parameters })).rows as R[];
}

function isRetryable(error: unknown): boolean {
  return error instanceof RetryTransactionError || RETRYABLE.has(sqlState(error) ?? '');
}

/** The SQLSTATE of a failed query, if it was one. */
export function sqlState(error: unknown): string | undefined {
  const cause = error instanceof QueryFailedError ? error.driverError : error;
  const code: unknown = (cause as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
