import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database, newId } from '@repartee/platform';
import type { Mapping } from '../../domain/imports/mapping.js';
import { type ImportJob, type ImportJobRow, type ImportState, toJob } from './import-job.js';

/** A worker that was not heard of for so long is taken for dead. */
const LEASE_SECONDS = 4;

/** A file that has arrived. */
export interface NewImport {
  id: string;
  spool: string;
  source: string;
  format: ImportJob['format'];
  mapping: Mapping;
  fileName: string | null;
  feed: string | null;
  digest: string;
  bytes: number;
  maxRefused: number;
}

/** What was found wrong, and where. */
export interface Ending {
  state: 'done' | 'failed';
  reason?: string;
  line?: number;
}

const INSERT = `
  INSERT INTO import_job (id, spool, source, format, mapping, file_name, feed, digest, bytes, max_refused, created_at,
    state, file_kept, bytes_read, accepted, refused, events, known, worked)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'queued', true, 0, 0, 0, 0, 0, 0) RETURNING *`;

const CLAIM = `
  UPDATE import_job SET state = 'running', worker = $1, lease_until = clock_timestamp() + make_interval(secs => $2),
    started_at = coalesce(started_at, $4)
  WHERE id = (
    SELECT id FROM import_job
    WHERE spool = $3 AND (state = 'queued' OR (state = 'running' AND lease_until < clock_timestamp()))
    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
  ) RETURNING *`;

/** Imports and how far they are. */
@Injectable()
export class ImportStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async create(made: NewImport): Promise<ImportJob> {
    const { id, spool, source, format, mapping, fileName, feed, digest, bytes, maxRefused } = made;
    const [row] = await this.database.query<ImportJobRow>(INSERT, [
      ...[id, spool, source, format, JSON.stringify(mapping), fileName, feed, digest, bytes, maxRefused],
      this.now(),
    ]);
    return toJob(row as ImportJobRow);
  }

  async get(id: string): Promise<ImportJob | undefined> {
    const [row] = await this.database.query<ImportJobRow>('SELECT * FROM import_job WHERE id = $1', [id]);
    return row && toJob(row);
  }

  /** Newest first. `before` is the cursor: the id of the last one seen. `source` limits to one sender. */
  async list(wanted: {
    limit: number;
    before?: string;
    state?: ImportState;
    source?: string;
  }): Promise<ImportJob[]> {
    const rows = await this.database.query<ImportJobRow>(
      `SELECT * FROM import_job
       WHERE ($1::uuid IS NULL OR id < $1) AND ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR source = $3)
       ORDER BY id DESC LIMIT $4`,
      [wanted.before ?? null, wanted.state ?? null, wanted.source ?? null, wanted.limit],
    );
    return rows.map(toJob);
  }

  /** The import that a file of a watched folder already became. */
  async ofDigest(feed: string, digest: string): Promise<ImportJob | undefined> {
    const [row] = await this.database.query<ImportJobRow>(
      'SELECT * FROM import_job WHERE feed = $1 AND digest = $2 ORDER BY id DESC LIMIT 1',
      [feed, digest],
    );
    return row && toJob(row);
  }

  /** Takes the oldest import of this data folder that nobody works on. */
  async claim(spool: string): Promise<{ job: ImportJob; worker: string } | undefined> {
    const worker = newId();
    const [row] = await this.database.query<ImportJobRow>(CLAIM, [worker, LEASE_SECONDS, spool, this.now()]);
    return row && { job: toJob(row), worker };
  }

  /** Says that the worker is still at it. @returns false when the import is no longer its own */
  async renew(id: string, worker: string): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE import_job SET lease_until = clock_timestamp() + make_interval(secs => $3)
       WHERE id = $1 AND worker = $2 AND state = 'running' RETURNING 1`,
      [id, worker, LEASE_SECONDS],
    );
    return rows.length > 0;
  }

  /** Gives an unfinished import back, for whoever comes next. */
  async release(id: string, worker: string): Promise<void> {
    await this.database.query(
      `UPDATE import_job SET state = 'queued', worker = NULL, lease_until = NULL
       WHERE id = $1 AND worker = $2 AND state = 'running'`,
      [id, worker],
    );
  }

  /** @returns false when the import is no longer this worker's */
  async finish(id: string, worker: string, { state, reason, line }: Ending): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE import_job SET state = $3, reason = $4, reason_line = $5, finished_at = $6, worker = NULL, lease_until = NULL,
         bytes_read = CASE WHEN $3 = 'done' THEN bytes ELSE bytes_read END
       WHERE id = $1 AND worker = $2 AND state = 'running' RETURNING 1`,
      [id, worker, state, reason ?? null, line ?? null, this.now()],
    );
    return rows.length > 0;
  }

  /** Stops an import that is not over. The worker finds out at its next portion, which it cannot commit. */
  async cancel(id: string): Promise<ImportJob | undefined> {
    const [row] = await this.database.query<ImportJobRow>(
      `UPDATE import_job SET state = 'cancelled', finished_at = $2, worker = NULL, lease_until = NULL
       WHERE id = $1 AND state IN ('queued', 'running') RETURNING *`,
      [id, this.now()],
    );
    return row && toJob(row);
  }

  /** Goes on where a failed or cancelled import stopped. */
  async resume(id: string, maxRefused: number | undefined): Promise<ImportJob | undefined> {
    const [row] = await this.database.query<ImportJobRow>(
      `UPDATE import_job SET state = 'queued', reason = NULL, reason_line = NULL, finished_at = NULL,
         max_refused = coalesce($2, max_refused)
       WHERE id = $1 AND state IN ('failed', 'cancelled') AND file_kept RETURNING *`,
      [id, maxRefused ?? null],
    );
    return row && toJob(row);
  }

  /** Imports of this data folder whose file is no longer needed: those done, and others that ended before a time. */
  async withSpareFile(spool: string, endedBefore: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM import_job WHERE spool = $1 AND file_kept AND finished_at IS NOT NULL
         AND (state = 'done' OR (state IN ('failed', 'cancelled') AND finished_at < $2)) LIMIT 1000`,
      [spool, new Date(endedBefore)],
    );
    return rows.map((row) => row.id);
  }

  /** @returns false when the import has begun again meanwhile */
  async giveUpFile(id: string): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE import_job SET file_kept = false WHERE id = $1 AND state NOT IN ('queued', 'running') RETURNING 1`,
      [id],
    );
    return rows.length > 0;
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}
