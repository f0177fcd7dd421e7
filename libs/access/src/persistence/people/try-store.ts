import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import { chargeTry, type ThrottleRule, type Tries } from '../../domain/index.js';

/** One thing that tries, and its rule. */
export interface Bucket {
  key: string;
  rule: ThrottleRule;
}

interface Row {
  key: string;
  failures: number;
  blockedUntil: Date;
  at: Date;
}

/** What failed of late, counted once over all processes. */
@Injectable()
export class TryStore {
  constructor(private readonly database: Database) {}

  /**
   * Counts a try in every bucket, or in none where one of them must wait.
   * @returns milliseconds to wait; 0: go on
   */
  charge(buckets: readonly Bucket[], now: number): Promise<number> {
    const sorted = [...buckets].sort((a, b) => (a.key < b.key ? -1 : 1));
    return this.database.transaction(async (tx) => {
      const known = await this.lock(tx, sorted, now);
      const charged = sorted.map(({ key, rule }) => ({ key, outcome: chargeTry(known.get(key), rule, now) }));
      const waits = charged.map(({ outcome }) => ('wait' in outcome ? outcome.wait : 0));
      const longest = Math.max(...waits);
      if (longest > 0) return longest;
      for (const { key, outcome } of charged) if ('tries' in outcome) await write(tx, key, outcome.tries);
      return 0;
    });
  }

  /** The try succeeded: forgets what failed in some buckets, and takes this one back in others. */
  async succeed(forgotten: readonly string[], takenBack: readonly string[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query('DELETE FROM sign_in_try WHERE key = ANY($1)', [forgotten]);
      await this.takeBack(takenBack, tx);
    });
  }

  /** The try was never made. */
  async takeBack(keys: readonly string[], sql: Pick<Transaction, 'query'> = this.database): Promise<void> {
    // A wait that began with this very try goes with it.
    await sql.query(
      `UPDATE sign_in_try SET failures = greatest(0, failures - 1), blocked_until = least(blocked_until, at)
       WHERE key = ANY($1)`,
      [keys],
    );
  }

  /** Removes what would be forgotten anyway. */
  async sweep(before: Date): Promise<void> {
    await this.database.query('DELETE FROM sign_in_try WHERE at < $1 AND blocked_until < $1', [before]);
  }

  private async lock(tx: Transaction, buckets: readonly Bucket[], now: number): Promise<Map<string, Tries>> {
    const keys = buckets.map(({ key }) => key);
    await tx.query(
      `INSERT INTO sign_in_try (key, failures, blocked_until, at)
       SELECT key, 0, to_timestamp(0), $2 FROM unnest($1::text[]) AS t(key) ORDER BY key ON CONFLICT DO NOTHING`,
      [keys, new Date(now)],
    );
    const rows = await tx.query<Row>(
      `SELECT key, failures, blocked_until AS "blockedUntil", at FROM sign_in_try WHERE key = ANY($1)
       ORDER BY key FOR UPDATE`,
      [keys],
    );
    return new Map(
      rows.map(({ key, failures, blockedUntil, at }) => [
        key,
        { failures, blockedUntil: blockedUntil.getTime(), at: at.getTime() },
      ]),
    );
  }
}

async function write(tx: Transaction, key: string, tries: Tries): Promise<void> {
  await tx.query('UPDATE sign_in_try SET failures = $2, blocked_until = $3, at = $4 WHERE key = $1', [
    key,
    tries.failures,
    new Date(tries.blockedUntil),
    new Date(tries.at),
  ]);
}
