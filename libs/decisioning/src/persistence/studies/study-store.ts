import { Inject, Injectable } from '@nestjs/common';
import { DoNotContact } from '@repartee/governance';
import { Clock, Database, newId, type Transaction } from '@repartee/platform';

/** A worker that was not heard of for so long is taken for dead. */
const LEASE_SECONDS = 10;

export const studyKinds = ['simulation', 'evaluation'] as const;
export type StudyKind = (typeof studyKinds)[number];
export const studyStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type StudyState = (typeof studyStates)[number];

/** A study as it is kept. */
export interface Study {
  id: string;
  kind: StudyKind;
  state: StudyState;
  request: unknown;
  revision: number;
  processed: number;
  total: number | null;
  result: unknown;
  reason: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

/** One person whose answer changes. */
export interface StudyChange {
  profileId: string | null;
  change: object;
}

const COLUMNS = `id, kind, state, request, revision, processed, total, result, reason,
  created_at AS "createdAt", finished_at AS "finishedAt"`;

/** Studies and how far they are. */
@Injectable()
export class StudyStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DoNotContact) private readonly doNotContact: DoNotContact,
  ) {}

  async create(kind: StudyKind, request: object, revision: number): Promise<Study> {
    const [row] = await this.database.query<Study>(
      `INSERT INTO decision_study (id, kind, state, request, revision, processed, created_at)
       VALUES ($1, $2, 'queued', $3, $4, 0, $5) RETURNING ${COLUMNS}`,
      [newId(), kind, JSON.stringify(request), revision, this.now()],
    );
    return row!;
  }

  async get(kind: StudyKind, id: string): Promise<Study | undefined> {
    const [row] = await this.database.query<Study>(
      `SELECT ${COLUMNS} FROM decision_study WHERE id = $1 AND kind = $2`,
      [id, kind],
    );
    return row;
  }

  /** Newest first, without what they found. `before` is the cursor: the id of the last one seen. */
  list(kind: StudyKind, limit: number, before?: string): Promise<Study[]> {
    return this.database.query<Study>(
      `SELECT ${COLUMNS.replace('result', 'NULL AS result')} FROM decision_study
        WHERE kind = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [kind, before ?? null, limit],
    );
  }

  /** How many are not over. */
  async open(): Promise<number> {
    const [row] = await this.database.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM decision_study WHERE state IN ('queued', 'running')`,
    );
    return row?.open ?? 0;
  }

  /** Takes the oldest study that nobody works on. */
  async claim(): Promise<{ study: Study; worker: string } | undefined> {
    const worker = newId();
    const [study] = await this.database.query<Study>(
      `UPDATE decision_study SET state = 'running', worker = $1, processed = 0,
         lease_until = clock_timestamp() + make_interval(secs => $2)
        WHERE id = (
          SELECT id FROM decision_study
           WHERE state = 'queued' OR (state = 'running' AND lease_until < clock_timestamp())
           ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING ${COLUMNS}`,
      [worker, LEASE_SECONDS],
    );
    return study && { study, worker };
  }

  /** Notes how far the worker is. @returns false when the study is no longer its own: it was cancelled, say */
  async progress(id: string, worker: string, processed: number, total: number | null): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE decision_study SET processed = $3, total = $4,
         lease_until = clock_timestamp() + make_interval(secs => $5)
        WHERE id = $1 AND worker = $2 AND state = 'running' RETURNING 1`,
      [id, worker, processed, total, LEASE_SECONDS],
    );
    return rows.length > 0;
  }

  /** Gives an unfinished study back, for whoever comes next: from its beginning. */
  async release(id: string, worker: string): Promise<void> {
    await this.database.query(
      `UPDATE decision_study SET state = 'queued', worker = NULL, lease_until = NULL
        WHERE id = $1 AND worker = $2 AND state = 'running'`,
      [id, worker],
    );
  }

  /** Keeps what was found, unless the study is no longer this worker's. Who was erased meanwhile is not named. */
  async finish(id: string, worker: string, result: object, changes: readonly StudyChange[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      const ended = await this.end(tx, id, worker, { state: 'done', result, reason: null });
      if (!ended) return;
      const named = changes.filter(
        ({ profileId }) => profileId === null || !this.doNotContact.isErasedProfile(profileId),
      );
      await tx.query(
        `INSERT INTO decision_study_change (study_id, place, profile_id, change)
         SELECT $1, place, profile_id, change FROM ROWS FROM (
           unnest($2::int[]), unnest($3::uuid[]), json_array_elements($4::json)) AS t (place, profile_id, change)`,
        [
          id,
          named.map((_change, place) => place + 1),
          named.map(({ profileId }) => profileId),
          JSON.stringify(named.map(({ change }) => change)),
        ],
      );
    });
  }

  async fail(id: string, worker: string, reason: string): Promise<void> {
    await this.database.transaction((tx) =>
      this.end(tx, id, worker, { state: 'failed', result: null, reason }),
    );
  }

  /** Stops a study that is not over. The worker finds out when it next says how far it is. */
  async cancel(kind: StudyKind, id: string): Promise<Study | undefined> {
    const [row] = await this.database.query<Study>(
      `UPDATE decision_study SET state = 'cancelled', finished_at = $3, worker = NULL, lease_until = NULL
        WHERE id = $1 AND kind = $2 AND state IN ('queued', 'running') RETURNING ${COLUMNS}`,
      [id, kind, this.now()],
    );
    return row;
  }

  /**
   * Examples in the order in which they were found: of people whose answer changes, or of those left with nothing
   * relevant.
   */
  changes(
    id: string,
    { unserved, after, limit }: { unserved: boolean; after: number; limit: number },
  ): Promise<(StudyChange & { place: number })[]> {
    return this.database.query(
      `SELECT place, profile_id AS "profileId", change FROM decision_study_change
        WHERE study_id = $1 AND place > $2 AND (change->>'stage' IS NOT NULL) = $4 ORDER BY place LIMIT $3`,
      [id, after, limit, unserved],
    );
  }

  private async end(
    tx: Transaction,
    id: string,
    worker: string,
    { state, result, reason }: { state: StudyState; result: object | null; reason: string | null },
  ): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE decision_study SET state = $3, result = $4, reason = $5, finished_at = $6, worker = NULL,
         lease_until = NULL WHERE id = $1 AND worker = $2 AND state = 'running' RETURNING 1`,
      [id, worker, state, result && JSON.stringify(result), reason, this.now()],
    );
    return rows.length > 0;
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}
