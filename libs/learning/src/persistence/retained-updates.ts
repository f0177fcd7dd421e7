import { Inject, Injectable } from '@nestjs/common';
import { Retained, RetainedData } from '@repartee/governance';
import type { Cutoff } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';
import { sumOf, type Notice } from '../domain/index.js';
import { CHECKPOINT_VERSION } from './update-log.js';

/**
 * Lets old lines of the update log go when rules say so, as far as a checkpoint stands for them. What they added to the counts,
 * and which challengers they declared, is kept in the line that becomes the first, so that both can be had from the log alone. Decisions of then can still be
 * replayed, with their propensities taken as recorded.
 */
@Injectable()
export class RetainedUpdates extends Retained {
  readonly kind = 'learning-log';

  constructor(
    @Inject(RetainedData) data: RetainedData,
    @Inject(Database) private readonly database: Database,
  ) {
    super();
    data.register(this);
  }

  override async count({ before }: Cutoff): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM learning_update WHERE sequence < (${BASE})`,
      [before, CHECKPOINT_VERSION],
    );
    return row?.count ?? 0;
  }

  override remove({ before }: Cutoff, limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const [head] = await tx.query('SELECT 1 FROM learning_head WHERE id = 1 FOR UPDATE');
      const [{ base } = { base: null }] = await tx.query<{ base: string | null }>(
        `SELECT (${BASE}) AS base`,
        [before, CHECKPOINT_VERSION],
      );
      return head === undefined || base === null ? 0 : letGo(tx, Number(base), limit);
    });
  }
}

/** The newest checkpoint all of whose lines are older than $1. */
const BASE = `SELECT max(c.sequence) FROM learning_checkpoint c
  JOIN learning_update u ON u.sequence = c.sequence WHERE u.at < $1 AND c.version = $2`;

async function letGo(tx: Transaction, base: number, limit: number): Promise<number> {
  await tx.query('UPDATE learning_head SET recalled_from = greatest(recalled_from, $1) WHERE id = 1', [base]);
  const gone = await tx.query<{ sequence: string; body: Partial<Notice> }>(
    `DELETE FROM learning_update WHERE sequence IN (
       SELECT sequence FROM learning_update WHERE sequence < $1 ORDER BY sequence LIMIT $2)
     RETURNING sequence, body`,
    [base, limit],
  );
  if (gone.length === 0) return 0;
  const inOrder = gone.sort((a, b) => Number(a.sequence) - Number(b.sequence));
  const first = Number(inOrder.at(-1)!.sequence) + 1;
  const [kept] = await tx.query<{ body: Partial<Notice> }>(
    `SELECT body FROM learning_update WHERE sequence = $1`,
    [first],
  );
  const bodies = [...inOrder, kept!].map(({ body }) => body);
  const challengers = bodies.findLast((body) => body.challengers)?.challengers;
  const notice: Notice = {
    counts: sumOf(bodies.flatMap(({ counts }) => counts ?? [])),
    ...(challengers && { challengers }),
  };
  await tx.query(`UPDATE learning_update SET body = $2::jsonb WHERE sequence = $1`, [
    first,
    JSON.stringify(notice),
  ]);
  await tx.query('DELETE FROM learning_checkpoint WHERE sequence < $1', [base]);
  return gone.length;
}
