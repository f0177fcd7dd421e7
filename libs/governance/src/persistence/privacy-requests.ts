import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database, newId, type Transaction } from '@repartee/platform';
import type {
  DataSubject,
  Objection,
  RequestKind,
  RequestStatus,
  RequestStep,
  StepStatus,
} from '../domain/index.js';

/** Whom an erasure still has to look for. */
export type ErasureWork = Pick<DataSubject, 'profileIds' | 'identifiers' | 'spellings'>;

export interface NewPrivacyRequest {
  kind: RequestKind;
  /** Keyed hash of the profile's id. */
  subject: string;
  profileId: string;
  scope?: Objection;
  lifted?: boolean;
  requestedBy: string;
  /** Given for what a job has to do; without it the request is completed as it is made. */
  work?: ErasureWork;
}

export interface PrivacyRequest {
  id: string;
  kind: RequestKind;
  /** Keyed hash of the profile's id. */
  subject: string;
  /** Null once an erasure is done. */
  profileId: string | null;
  scope: Objection | null;
  lifted: boolean;
  status: RequestStatus;
  requestedBy: string;
  requestedAt: string;
  completedAt: string | null;
  steps: { scope: string; status: StepStatus; records: number; detail: string | null; at: string }[];
}

/** A request in the hands of the job. */
export interface ClaimedRequest {
  id: string;
  subject: string;
  profileId: string;
  attempts: number;
  round: number;
  work: ErasureWork;
}

interface Row extends Omit<PrivacyRequest, 'requestedAt' | 'completedAt' | 'steps'> {
  requestedAt: Date;
  completedAt: Date | null;
}

const COLUMNS = `id, kind, subject, profile_id AS "profileId", scope, lifted, status, requested_by AS "requestedBy",
  requested_at AS "requestedAt", completed_at AS "completedAt"`;

/** A process that dies holds a request no longer than this. */
const LEASE_SECONDS = 5;

/** The ledger of what people asked for, and of what was done about it. */
@Injectable()
export class PrivacyRequests {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async add(tx: Transaction, request: NewPrivacyRequest): Promise<string> {
    const { kind, subject, profileId, scope = null, lifted = false, requestedBy, work } = request;
    const id = newId();
    const now = new Date(this.clock.now());
    await tx.query(
      `INSERT INTO privacy_request (id, kind, subject, profile_id, scope, lifted, status, requested_by, requested_at,
         completed_at, next_at, attempts, round, work)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, CASE WHEN $7 = 'running' THEN clock_timestamp() END, 0, 0, $11)`,
      [
        id,
        kind,
        subject,
        profileId,
        scope,
        lifted,
        work ? 'running' : 'completed',
        requestedBy,
        now,
        work ? null : now,
        work ? JSON.stringify(work) : null,
      ],
    );
    return id;
  }

  async find(id: string): Promise<PrivacyRequest | undefined> {
    const rows = await this.database.query<Row>(`SELECT ${COLUMNS} FROM privacy_request WHERE id = $1`, [id]);
    return (await this.withSteps(rows))[0];
  }

  /** The erasure that was asked for last under one of these hashes of profile ids. */
  async erasureOf(subjects: readonly string[]): Promise<PrivacyRequest | undefined> {
    const rows = await this.database.query<Row>(
      `SELECT ${COLUMNS} FROM privacy_request WHERE subject = ANY($1) AND kind = 'erase' ORDER BY id DESC LIMIT 1`,
      [subjects],
    );
    return (await this.withSteps(rows))[0];
  }

  /** Newest first; `before` is the id of the last one seen. */
  async list(query: {
    limit: number;
    before?: string | undefined;
    subject?: string | undefined;
    status?: RequestStatus | undefined;
  }): Promise<PrivacyRequest[]> {
    const rows = await this.database.query<Row>(
      `SELECT ${COLUMNS} FROM privacy_request
       WHERE ($1::uuid IS NULL OR id < $1) AND ($2::text IS NULL OR subject = $2) AND ($3::text IS NULL OR status = $3)
       ORDER BY id DESC LIMIT $4`,
      [query.before ?? null, query.subject ?? null, query.status ?? null, query.limit],
    );
    return this.withSteps(rows);
  }

  /** Takes a request that is due. It comes again unless it is prolonged, put off or completed. */
  async claim(): Promise<ClaimedRequest | undefined> {
    const [row] = await this.database.query<ClaimedRequest>(
      `UPDATE privacy_request SET next_at = clock_timestamp() + make_interval(secs => $1)
       WHERE id = (SELECT id FROM privacy_request WHERE next_at <= clock_timestamp()
                   ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, subject, profile_id AS "profileId", attempts, round, work`,
      [LEASE_SECONDS],
    );
    return row;
  }

  /** Notes what a scope did, in the transaction in which it did it. */
  async note(
    tx: Pick<Transaction, 'query'>,
    requestId: string,
    step: Omit<RequestStep, 'at'>,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO privacy_step AS s (request_id, scope, status, records, detail, at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (request_id, scope) DO UPDATE SET status = excluded.status, detail = excluded.detail,
         records = s.records + excluded.records, at = excluded.at`,
      [requestId, step.scope, step.status, step.records, step.detail, new Date(this.clock.now())],
    );
  }

  /** Keeps a claimed request in this process's hands. */
  async prolong(requestId: string): Promise<void> {
    await this.database.query(
      `UPDATE privacy_request SET next_at = clock_timestamp() + make_interval(secs => $2)
       WHERE id = $1 AND next_at IS NOT NULL`,
      [requestId, LEASE_SECONDS],
    );
  }

  /** Has the job look again after so many milliseconds, for another round or for what failed. */
  async putOff(
    id: string,
    after: number,
    progress: { round: number; attempts: number; work: ErasureWork },
  ): Promise<void> {
    await this.database.query(
      `UPDATE privacy_request SET next_at = clock_timestamp() + make_interval(secs => $2), round = $3, attempts = $4,
         work = $5 WHERE id = $1`,
      [id, after / 1000, progress.round, progress.attempts, JSON.stringify(progress.work)],
    );
  }

  /** Closes an erasure: what it knew of the person goes. */
  async completeErasure(tx: Transaction, request: ClaimedRequest): Promise<void> {
    await tx.query(
      `UPDATE privacy_request SET status = 'completed', completed_at = $2, next_at = NULL, work = NULL, profile_id = NULL
       WHERE id = $1`,
      [request.id, new Date(this.clock.now())],
    );
    await tx.query(
      'UPDATE privacy_request SET profile_id = NULL, subject = $2 WHERE profile_id = ANY($1::uuid[])',
      [request.work.profileIds, request.subject],
    );
  }

  private async withSteps(rows: Row[]): Promise<PrivacyRequest[]> {
    if (rows.length === 0) return [];
    const steps = await this.database.query<Omit<RequestStep, 'at'> & { request_id: string; at: Date }>(
      `SELECT request_id, scope, status, records, detail, at FROM privacy_step
       WHERE request_id = ANY($1::uuid[]) ORDER BY scope`,
      [rows.map(({ id }) => id)],
    );
    return rows.map((row) => ({
      ...row,
      requestedAt: row.requestedAt.toISOString(),
      completedAt: row.completedAt?.toISOString() ?? null,
      steps: steps
        .filter((step) => step.request_id === row.id)
        .map(({ request_id: _request, at, ...step }) => ({ ...step, at: at.toISOString() })),
    }));
  }
}
