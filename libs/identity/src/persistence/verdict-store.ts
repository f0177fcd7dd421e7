import { Injectable } from '@nestjs/common';
import { newId, type Transaction } from '@repartee/platform';
import { baseOf, type Verdict } from '../domain/index.js';

/** A person's word on two nodes of the graph. */
export interface NewVerdict extends Omit<Verdict, 'id'> {
  actor: string;
  reason: string;
}

/** What people said about who is who. */
@Injectable()
export class VerdictStore {
  /** Adds verdicts; the later one of two that contradict each other counts. */
  async add(tx: Pick<Transaction, 'query'>, verdicts: readonly NewVerdict[]): Promise<void> {
    if (verdicts.length === 0) return;
    await tx.query(
      `INSERT INTO identity_verdict (id, a, b, a_key, b_key, verdict, at, actor, reason)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
         $8::text[], $9::text[])`,
      [
        verdicts.map(() => newId()),
        verdicts.map(({ a }) => a),
        verdicts.map(({ b }) => b),
        verdicts.map(({ a }) => baseOf(a)),
        verdicts.map(({ b }) => baseOf(b)),
        verdicts.map(({ verdict }) => verdict),
        verdicts.map(({ at }) => new Date(at)),
        verdicts.map(({ actor }) => actor),
        verdicts.map(({ reason }) => reason),
      ],
    );
  }
}
