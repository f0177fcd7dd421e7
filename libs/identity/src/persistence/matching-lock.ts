import type { Transaction } from '@repartee/platform';

/** Held by one transaction at a time: two alike records that are filed at once would not see each other. */
const LOCK = 7_301_460_000;

/** Waits until no other transaction changes or compares source records. Before anything of them is read. */
export async function lockMatching(tx: Pick<Transaction, 'query'>): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK], 'matching.lock');
}
