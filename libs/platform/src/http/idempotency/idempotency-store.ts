import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Clock } from '../../clock/index.js';
import { Database } from '../../database/index.js';
import { newId } from '../../ids/index.js';

/** One run of a request under its key. */
export interface Claim {
  readonly caller: string;
  readonly key: string;
  readonly id: string;
}

export interface StoredAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export type Begun = { run: Claim } | { replay: StoredAnswer };

interface Row {
  fingerprint: Buffer;
  status: number | null;
  headers: Record<string, string> | null;
  body: Buffer | null;
}

const KEPT_MS = 24 * 3600_000;
/** A process that dies holds a key no longer than this. */
const LEASE_MS = 30_000;
const RENEW_MS = 10_000;
/** What runs longer has lost its way, and its lease with it. */
const LONGEST_RUN_MS = 15 * 60_000;
const PURGE_MS = 3600_000;
const PURGE_BATCH = 5000;

/** Keeps what was answered under an idempotency key for 24 hours, and who is at work on one. */
@Injectable()
export class IdempotencyStore implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly running = new Map<Claim, number>();
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const every = (milliseconds: number, work: () => Promise<unknown>): void => {
      // A round that fails is made up for by the next.
      this.timers.push(setInterval(() => void work().catch(() => undefined), milliseconds).unref());
    };
    every(RENEW_MS, () => this.renew());
    every(PURGE_MS, () => this.purge());
  }

  onApplicationShutdown(): void {
    this.timers.splice(0).forEach((timer) => clearInterval(timer));
  }

  /** Takes the key for a run, or says what was answered before, or why neither can be. */
  async begin(caller: string, key: string, fingerprint: Buffer): Promise<Result<Begun>> {
    for (;;) {
      const claim = await this.claim(caller, key, fingerprint);
      if (claim) return ok({ run: claim });
      const row = await this.find(caller, key);
      // Released between the two statements: the key is free again.
      if (row) return judge(row, fingerprint);
    }
  }

  /** Stores the answer of a run, unless the run lost its lease to another. */
  async complete(claim: Claim, answer: StoredAnswer): Promise<void> {
    this.running.delete(claim);
    await this.database.query(
      `UPDATE idempotency_key SET status = $4, headers = $5, body = $6
        WHERE caller = $1 AND key = $2 AND claim = $3 AND status IS NULL`,
      [claim.caller, claim.key, claim.id, answer.status, JSON.stringify(answer.headers), answer.body],
    );
  }

  /** Gives the key back, for the same request to be tried again. */
  async release(claim: Claim): Promise<void> {
    this.running.delete(claim);
    await this.database.query(
      `DELETE FROM idempotency_key WHERE caller = $1 AND key = $2 AND claim = $3 AND status IS NULL`,
      [claim.caller, claim.key, claim.id],
    );
  }

  /** Removes what is older than 24 hours. */
  async purge(): Promise<number> {
    let removed = 0;
    for (;;) {
      const rows = await this.database.query(
        `DELETE FROM idempotency_key WHERE (caller, key) IN (
           SELECT caller, key FROM idempotency_key WHERE expires_at <= $1 LIMIT ${PURGE_BATCH} FOR UPDATE SKIP LOCKED)
         RETURNING 1`,
        [new Date(this.clock.now())],
      );
      removed += rows.length;
      if (rows.length < PURGE_BATCH) return removed;
    }
  }

  /** Prolongs the leases of the runs of this process. */
  async renew(): Promise<void> {
    const now = this.clock.now();
    for (const [claim, since] of this.running) {
      if (now - since > LONGEST_RUN_MS) this.running.delete(claim);
    }
    if (this.running.size === 0) return;
    const claims = [...this.running.keys()];
    await this.database.query(
      `UPDATE idempotency_key k SET leased_until = $4
         FROM unnest($1::text[], $2::text[], $3::uuid[]) AS r(caller, key, claim)
        WHERE k.caller = r.caller AND k.key = r.key AND k.claim = r.claim`,
      [
        claims.map((c) => c.caller),
        claims.map((c) => c.key),
        claims.map((c) => c.id),
        new Date(now + LEASE_MS),
      ],
    );
  }

  private async claim(caller: string, key: string, fingerprint: Buffer): Promise<Claim | undefined> {
    const now = this.clock.now();
    const claim: Claim = { caller, key, id: newId() };
    const rows = await this.database.query(
      `INSERT INTO idempotency_key AS k (caller, key, fingerprint, claim, leased_until, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (caller, key) DO UPDATE
         SET fingerprint = EXCLUDED.fingerprint, claim = EXCLUDED.claim, leased_until = EXCLUDED.leased_until,
             expires_at = EXCLUDED.expires_at, status = NULL, headers = NULL, body = NULL
         WHERE k.expires_at <= $7
            OR (k.status IS NULL AND k.leased_until <= $7 AND k.fingerprint = EXCLUDED.fingerprint)
       RETURNING claim`,
      [caller, key, fingerprint, claim.id, new Date(now + LEASE_MS), new Date(now + KEPT_MS), new Date(now)],
    );
    if (rows.length === 0) return undefined;
    this.running.set(claim, now);
    return claim;
  }

  private async find(caller: string, key: string): Promise<Row | undefined> {
    const [row] = await this.database.query<Row>(
      'SELECT fingerprint, status, headers, body FROM idempotency_key WHERE caller = $1 AND key = $2',
      [caller, key],
    );
    return row;
  }
}

function judge(row: Row, fingerprint: Buffer): Result<Begun> {
  if (!row.fingerprint.equals(fingerprint)) {
    return fail(
      failure('HTTP.IDEMPOTENCY_KEY_REUSED', 'the key was used with another method, address or body'),
    );
  }
  if (row.status === null) {
    return fail(
      failure('HTTP.IDEMPOTENCY_IN_PROGRESS', 'wait for the first request to be answered', { retryAfter: 1 }),
    );
  }
  return ok({
    replay: { status: row.status, headers: row.headers ?? {}, body: row.body ?? Buffer.alloc(0) },
  });
}
