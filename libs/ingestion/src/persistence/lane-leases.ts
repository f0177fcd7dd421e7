import { Inject, Injectable } from '@nestjs/common';
import { Database, newId, type Transaction } from '@repartee/platform';

/** A worker that was not heard of for so long is taken for dead. Technical time: the database's clock, not business time. */
const LEASE_SECONDS = 2;

const DEQUEUE = `
  DELETE FROM event_pending WHERE id = ANY($1::uuid[])
    AND EXISTS (SELECT 1 FROM lane_worker WHERE id = $2 AND NOT fenced FOR SHARE)
  RETURNING 1`;

/** Thrown inside a batch whose worker lost its lease: another process reads its lanes now. */
export class FencedError extends Error {}

/**
 * Which lanes this process reads. Every process keeps one lease; a dead one's lanes are taken over after it was
 * fenced, so that a transaction it still has open cannot commit beside the new reader's.
 */
@Injectable()
export class LaneLeases {
  private worker = newId();
  /** Lanes this process reads at present. */
  lanes: number[] = [];
  /** No other process appends events, as far as is known. */
  alone = false;

  constructor(@Inject(Database) private readonly database: Database) {}

  /** Renews the lease, fences the dead, and takes a fair share of the lanes. Called every half second or so. */
  async renew(): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.beat(tx);
      await this.fence(tx);
      await this.share(tx);
    });
  }

  /**
   * Takes events off the queue in the caller's transaction. It fails when the lease was lost, or when another reader
   * has taken any of them: whatever a reader believes of its lanes, an event is processed once.
   */
  async dequeue(tx: Transaction, eventIds: string[]): Promise<void> {
    const gone = await tx.query(DEQUEUE, [eventIds, this.worker], 'lanes.dequeue');
    if (gone.length < eventIds.length) throw new FencedError('another reader has these lanes now');
  }

  /** Starts again as a new worker, after a fencing. */
  reset(): void {
    this.worker = newId();
    this.lanes = [];
  }

  /** Gives the lanes back at once, for a quick restart elsewhere. */
  async release(): Promise<void> {
    this.lanes = [];
    await this.database.transaction(async (tx) => {
      await tx.query('UPDATE lane SET worker = NULL WHERE worker = $1', [this.worker]);
      await tx.query('DELETE FROM lane_worker WHERE id = $1', [this.worker]);
    });
  }

  private async beat(tx: Transaction): Promise<void> {
    const [row] = await tx.query(
      `INSERT INTO lane_worker (id, expires_at, fenced) VALUES ($1, clock_timestamp() + make_interval(secs => $2), false)
       ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at WHERE NOT lane_worker.fenced RETURNING id`,
      [this.worker, LEASE_SECONDS],
    );
    if (!row) throw new FencedError('the lease over the lanes was lost');
  }

  private async fence(tx: Transaction): Promise<void> {
    const dead = await tx.query<{ id: string }>(
      `UPDATE lane_worker SET fenced = true WHERE id IN (
         SELECT id FROM lane_worker WHERE expires_at < clock_timestamp() ORDER BY id FOR UPDATE SKIP LOCKED
       ) RETURNING id`,
    );
    if (dead.length === 0) return;
    const ids = dead.map((worker) => worker.id);
    await tx.query('UPDATE lane SET worker = NULL WHERE worker = ANY($1)', [ids]);
    await tx.query(
      `DELETE FROM lane_worker WHERE fenced AND expires_at < clock_timestamp() - interval '1 hour'`,
    );
  }

  private async share(tx: Transaction): Promise<void> {
    const [counted] = await tx.query<{ workers: number; lanes: number }>(
      `SELECT (SELECT count(*)::int FROM lane_worker WHERE NOT fenced) AS workers,
              (SELECT count(*)::int FROM lane) AS lanes`,
    );
    tx.afterCommit(() => (this.alone = counted?.workers === 1));
    const fair = Math.ceil((counted?.lanes ?? 0) / Math.max(counted?.workers ?? 1, 1));
    await tx.query(
      `UPDATE lane SET worker = NULL WHERE lane IN (
         SELECT lane FROM lane WHERE worker = $1 ORDER BY lane OFFSET $2)`,
      [this.worker, fair],
    );
    await tx.query(
      `UPDATE lane SET worker = $1 WHERE lane IN (
         SELECT lane FROM lane WHERE worker IS NULL ORDER BY lane FOR UPDATE SKIP LOCKED
         LIMIT greatest(0, $2 - (SELECT count(*) FROM lane WHERE worker = $1)))`,
      [this.worker, fair],
    );
    const mine = await tx.query<{ lane: number }>('SELECT lane FROM lane WHERE worker = $1 ORDER BY lane', [
      this.worker,
    ]);
    tx.afterCommit(() => (this.lanes = mine.map((row) => row.lane)));
  }
}
