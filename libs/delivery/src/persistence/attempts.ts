import { Inject, Injectable } from '@nestjs/common';
import type { Attempt, AttemptedAction, Outcome } from '@repartee/contracts';
import { Clock, Database, type Transaction } from '@repartee/platform';

/** An attempt as the ledger keeps it. */
export interface LedgerAttempt {
  id: string;
  number: number;
  connector: string;
  startedAt: string;
  finishedAt: string | null;
  outcome: Outcome | null;
}

/** Which attempt something is said of: itself, the latest of a delivery, or the one a provider calls so. */
export type AttemptReference =
  { attemptId: string } | { deliveryId: string } | { connector: string; providerId: string };

/** An attempt that is about to be made. */
export interface NewAttempt {
  connector: string;
  action: AttemptedAction;
  number: number;
  /** Milliseconds until somebody sees what became of it, should whoever makes it not say so. */
  lookIn: number;
}

/** What became of an attempt. */
export interface Finished {
  attemptId: string;
  outcome: Outcome;
  /** Also against a known rejection. */
  overrule?: boolean;
  /** Milliseconds until its provider is asked again. */
  lookIn?: number;
}

/** An attempt nobody has told the end of, or whose provider is to be asked again. */
export interface OverdueAttempt {
  connector: string;
  number: number;
  /** How often its provider was asked. */
  looks: number;
  attempt: Attempt;
  /** Nobody has said anything of it so far. */
  open: boolean;
}

interface Row {
  id: string;
  delivery_id: string;
  number: number;
  connector: string;
  action: AttemptedAction;
  started_at: Date;
  finished_at: Date | null;
  outcome: Outcome | null;
  looks: number;
}

const LATER = (parameter: string) => `clock_timestamp() + ${parameter} * interval '1 millisecond'`;

/** Every try to send. */
@Injectable()
export class Attempts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Makes *attempt started* durable, once the caller's transaction commits. */
  async start(tx: Transaction, attempts: readonly NewAttempt[]): Promise<void> {
    if (attempts.length === 0) return;
    await tx.query(
      `WITH started AS (
         INSERT INTO delivery_attempt (id, delivery_id, number, connector, action, started_at, look_at)
         SELECT id, delivery_id, number, connector, action::json, $6, ${LATER('look_in')}
         FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $7::int[])
           AS t (id, delivery_id, number, connector, action, look_in)
         RETURNING delivery_id, number)
       UPDATE delivery AS d SET status = 'sending', reason = NULL, attempts = s.number
       FROM started AS s WHERE d.id = s.delivery_id`,
      [
        attempts.map(({ action }) => action.attemptId),
        attempts.map(({ action }) => action.deliveryId),
        attempts.map(({ number }) => number),
        attempts.map(({ connector }) => connector),
        attempts.map(({ action }) => JSON.stringify(action)),
        new Date(this.clock.now()),
        attempts.map(({ lookIn }) => lookIn),
      ],
      'attempt.start',
    );
  }

  /**
   * Notes what became of attempts. A known outcome replaces *unknown*; nothing replaces a known one but what is beyond
   * doubt. @returns the ids of those that were not known before
   */
  async finish(tx: Transaction, finished: readonly Finished[]): Promise<Set<string>> {
    if (finished.length === 0) return new Set();
    const rows = await tx.query<{ id: string }>(
      `UPDATE delivery_attempt AS a SET outcome = t.outcome::json, finished_at = $5,
         look_at = ${LATER('t.look_in')}
       FROM unnest($1::uuid[], $2::text[], $3::bool[], $4::int[]) AS t (id, outcome, overrule, look_in)
       WHERE a.id = t.id AND (a.finished_at IS NULL OR t.overrule
         OR (a.outcome->>'status' = 'unknown' AND t.outcome::json->>'status' <> 'unknown'))
       RETURNING a.id`,
      [
        finished.map(({ attemptId }) => attemptId),
        finished.map(({ outcome }) => storable(outcome)),
        finished.map(({ overrule }) => overrule ?? false),
        finished.map(({ lookIn }) => lookIn ?? null),
        new Date(this.clock.now()),
      ],
      'attempt.finish',
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** The attempt somebody speaks of: itself, the latest of a delivery, or the one a provider calls so. */
  async find(
    tx: Transaction,
    of: AttemptReference,
  ): Promise<
    | { attemptId: string; deliveryId: string; connector: string; number: number; outcome: Outcome | null }
    | undefined
  > {
    const [where, values] =
      'attemptId' in of
        ? ['a.id = $1', [of.attemptId]]
        : 'deliveryId' in of
          ? ['a.delivery_id = $1', [of.deliveryId]]
          : ['d.provider_id = $1 AND a.connector = $2', [of.providerId, of.connector]];
    const [row] = await tx.query<Row>(
      `SELECT a.* FROM delivery_attempt a JOIN delivery d ON d.id = a.delivery_id
       WHERE ${where} ORDER BY a.number DESC LIMIT 1`,
      values,
    );
    if (!row) return undefined;
    const { id, delivery_id, connector, number, outcome } = row;
    return { attemptId: id, deliveryId: delivery_id, connector, number, outcome };
  }

  /** Takes what is to be looked at now; it comes again in `again` milliseconds unless somebody says what became of it. */
  async overdue(limit: number, again: number): Promise<OverdueAttempt[]> {
    const rows = await this.database.query<Row>(
      `UPDATE delivery_attempt AS a SET look_at = ${LATER('$2::int')}, looks = a.looks + 1
       FROM (SELECT id FROM delivery_attempt WHERE look_at <= clock_timestamp()
             ORDER BY look_at LIMIT $1 FOR UPDATE SKIP LOCKED) AS due
       WHERE a.id = due.id RETURNING a.*`,
      [limit, again],
    );
    return rows.map((row) => ({
      connector: row.connector,
      number: row.number,
      looks: row.looks,
      open: row.finished_at === null,
      attempt: {
        deliveryId: row.delivery_id,
        attemptId: row.id,
        startedAt: row.started_at.toISOString(),
        action: row.action,
      },
    }));
  }

  /** Sets when an attempt is looked at next, in milliseconds; never again when left out. */
  async lookAgain(attemptId: string, lookIn?: number): Promise<void> {
    await this.database.query(
      `UPDATE delivery_attempt SET look_at = ${LATER('$2::int')} WHERE id = $1 AND look_at IS NOT NULL`,
      [attemptId, lookIn ?? null],
    );
  }

  /** How many are under way with a connector, in all processes. */
  async open(connector: string, tx: Pick<Transaction, 'query'> = this.database): Promise<number> {
    const [row] = await tx.query<{ open: number }>(
      'SELECT count(*)::int AS open FROM delivery_attempt WHERE connector = $1 AND finished_at IS NULL',
      [connector],
      'attempt.open',
    );
    return row?.open ?? 0;
  }

  async openByConnector(): Promise<[string, number][]> {
    const rows = await this.database.query<{ connector: string; open: number }>(
      'SELECT connector, count(*)::int AS open FROM delivery_attempt WHERE finished_at IS NULL GROUP BY 1',
    );
    return rows.map(({ connector, open }) => [connector, open]);
  }

  async list(deliveryId: string): Promise<LedgerAttempt[]> {
    const rows = await this.database.query<Row>(
      `SELECT id, number, connector, started_at, finished_at, outcome FROM delivery_attempt
       WHERE delivery_id = $1 ORDER BY number`,
      [deliveryId],
    );
    return rows.map(({ id, number, connector, started_at, finished_at, outcome }) => ({
      id,
      number,
      connector,
      startedAt: started_at.toISOString(),
      finishedAt: finished_at?.toISOString() ?? null,
      outcome,
    }));
  }
}

/** A provider's words may hold what PostgreSQL does not take. Facts are kept elsewhere. */
function storable(outcome: Outcome): string {
  return JSON.stringify(outcome, (key, value: unknown) =>
    key === 'facts'
      ? undefined
      : typeof value === 'string'
        ? value.replaceAll('\0', '').toWellFormed()
        : value,
  );
}
