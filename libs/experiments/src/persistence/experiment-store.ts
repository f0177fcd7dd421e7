import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import type { Experiment, ExperimentState } from '../domain/index.js';

/** From one start to the next stop. */
export interface StoredPhase {
  /** The document it ran by, or runs by. */
  document: Experiment;
  startedAt: Date;
  stoppedAt: Date | null;
  released: string | null;
  reason: string | null;
}

/** An experiment as it is kept, with its latest phase. */
export interface StoredExperiment {
  document: Experiment;
  /** Null before the first phase. */
  phaseDocument: Experiment | null;
  version: number;
  state: ExperimentState;
  /** 0 before the first start. */
  phase: number;
  released: string | null;
  reason: string | null;
  startedAt: Date | null;
  stoppedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

type Connection = Pick<Database, 'query'> | Transaction;

const SELECT = `
  SELECT e.document, p.document AS "phaseDocument", e.version, coalesce(p.phase, 0) AS phase, p.released, p.reason,
         CASE WHEN p.phase IS NULL THEN 'draft' WHEN p.stopped_at IS NULL THEN 'running' ELSE 'stopped' END AS state,
         p.started_at AS "startedAt", p.stopped_at AS "stoppedAt", e.created_at AS "createdAt",
         e.updated_at AS "updatedAt"
    FROM experiment e LEFT JOIN LATERAL (
      SELECT * FROM experiment_phase WHERE experiment = e.key ORDER BY phase DESC LIMIT 1) p ON true`;

/** The tables of experiments and their phases. */
@Injectable()
export class ExperimentStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  all(connection: Connection = this.database): Promise<StoredExperiment[]> {
    return connection.query<StoredExperiment>(`${SELECT} ORDER BY e.key COLLATE "C"`);
  }

  page(cursor: string, limit: number): Promise<StoredExperiment[]> {
    return this.database.query<StoredExperiment>(
      `${SELECT} WHERE e.key COLLATE "C" > $1 ORDER BY e.key COLLATE "C" LIMIT $2`,
      [cursor, limit],
    );
  }

  async find(key: string, connection: Connection = this.database): Promise<StoredExperiment | undefined> {
    const [row] = await connection.query<StoredExperiment>(`${SELECT} WHERE e.key = $1`, [key]);
    return row;
  }

  /** The same, locked until the transaction ends. */
  async lock(tx: Transaction, key: string): Promise<StoredExperiment | undefined> {
    await tx.query('SELECT 1 FROM experiment WHERE key = $1 FOR UPDATE', [key]);
    return this.find(key, tx);
  }

  /** All of them, locked until the transaction ends. */
  async lockAll(tx: Transaction): Promise<StoredExperiment[]> {
    await tx.query('SELECT 1 FROM experiment ORDER BY key FOR UPDATE');
    return this.all(tx);
  }

  /** @returns whether the key was free */
  async add(tx: Transaction, document: Experiment, now: number): Promise<boolean> {
    const added = await tx.query(
      `INSERT INTO experiment (key, document, version, created_at, updated_at) VALUES ($1, $2, 1, $3, $3)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [document.key, JSON.stringify(document), new Date(now)],
    );
    return added.length > 0;
  }

  /** Writes the document; where the experiment runs, its phase's too. */
  async replace(tx: Transaction, document: Experiment, now: number): Promise<void> {
    const json = JSON.stringify(document);
    await tx.query('UPDATE experiment SET document = $2 WHERE key = $1', [document.key, json]);
    await tx.query('UPDATE experiment_phase SET document = $2 WHERE experiment = $1 AND stopped_at IS NULL', [
      document.key,
      json,
    ]);
    await this.touch(tx, document.key, now);
  }

  /** An experiment goes with all that was measured. */
  async remove(tx: Transaction, keys: readonly string[]): Promise<void> {
    for (const [table, column] of [
      ['experiment_outcome', 'experiment'],
      ['experiment_exposure', 'experiment'],
      ['experiment_phase', 'experiment'],
      ['experiment', 'key'],
    ] as const)
      await tx.query(`DELETE FROM ${table} WHERE ${column} = ANY($1)`, [keys]);
  }

  async start(tx: Transaction, { document, phase }: StoredExperiment, now: number): Promise<void> {
    await tx.query(
      'INSERT INTO experiment_phase (experiment, phase, document, started_at) VALUES ($1, $2, $3, $4)',
      [document.key, phase + 1, JSON.stringify(document), new Date(now)],
    );
    await this.touch(tx, document.key, now);
  }

  async stop(
    tx: Transaction,
    key: string,
    ending: { released: string | null; reason: string | null; now: number },
  ): Promise<void> {
    await tx.query(
      `UPDATE experiment_phase SET stopped_at = $2, released = $3, reason = $4
       WHERE experiment = $1 AND stopped_at IS NULL`,
      [key, new Date(ending.now), ending.released, ending.reason],
    );
    await this.touch(tx, key, ending.now);
  }

  async phase(key: string, phase: number): Promise<StoredPhase | undefined> {
    const [row] = await this.database.query<StoredPhase>(
      `SELECT document, started_at AS "startedAt", stopped_at AS "stoppedAt", released, reason
       FROM experiment_phase WHERE experiment = $1 AND phase = $2`,
      [key, phase],
    );
    return row;
  }

  private async touch(tx: Transaction, key: string, now: number): Promise<void> {
    await tx.query('UPDATE experiment SET version = version + 1, updated_at = $2 WHERE key = $1', [
      key,
      new Date(now),
    ]);
  }
}
