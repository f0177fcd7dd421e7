import { Injectable } from '@nestjs/common';
import { newId, type Transaction, unseen } from '@repartee/platform';
import type { PairScore } from '../domain/index.js';

/** Two records that look alike, as it is kept. */
export interface StoredMatch {
  id: string;
  recordA: string;
  recordB: string;
  /** Keys of the identifiers that the records are filed under. */
  a: string;
  b: string;
  rule: string;
  /** log2 odds that both are one person. */
  weight: number;
  score: PairScore;
  /** Blocks that both are in. */
  blocks: string[];
  /** Version of the model. */
  model: string;
  /** When the later of the two records was seen, milliseconds since the epoch. */
  at: number;
}

interface Row extends Omit<StoredMatch, 'recordA' | 'recordB' | 'at'> {
  record_a: string;
  record_b: string;
  at: Date;
}

type Reading = Pick<Transaction, 'query'>;

const toMatch = ({ record_a, record_b, at, ...row }: Row): StoredMatch => ({
  ...row,
  recordA: record_a,
  recordB: record_b,
  at: at.getTime(),
});

/** Matches in PostgreSQL. */
@Injectable()
export class MatchEdges {
  /** The matches of any of these records. */
  async ofRecords(tx: Reading, ids: readonly string[]): Promise<StoredMatch[]> {
    if (ids.length === 0) return [];
    const rows = await tx.query<Row>(
      `SELECT * FROM match_edge
       WHERE record_a = ANY(${unseen(1, 'uuid[]')}) OR record_b = ANY(${unseen(1, 'uuid[]')})`,
      [ids],
      'match-edges.of-records',
    );
    return rows.map(toMatch);
  }

  async ofKeys(tx: Reading, keys: readonly string[]): Promise<StoredMatch[]> {
    const rows = await tx.query<Row>('SELECT * FROM match_edge WHERE a = ANY($1) OR b = ANY($1)', [keys]);
    return rows.map(toMatch);
  }

  /** All matches of at least that weight, page by page. */
  async *all(tx: Reading, weight: number, limit: number): AsyncGenerator<StoredMatch[]> {
    let after: string | null = null;
    for (;;) {
      const rows: Row[] = await tx.query<Row>(
        'SELECT * FROM match_edge WHERE weight >= $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3',
        [weight, after, limit],
      );
      if (rows.length > 0) yield rows.map(toMatch);
      after = rows.at(-1)?.id ?? null;
      if (rows.length < limit) return;
    }
  }

  async add(tx: Reading, matches: readonly Omit<StoredMatch, 'id'>[]): Promise<void> {
    if (matches.length === 0) return;
    await tx.query(
      `INSERT INTO match_edge (id, record_a, record_b, a, b, rule, weight, score, blocks, model, at)
       SELECT id, record_a, record_b, a, b, rule, weight, score::json, string_to_array(blocks, E'\\n'), model, at
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::float8[], $8::text[],
         $9::text[], $10::text[], $11::timestamptz[])
         AS t(id, record_a, record_b, a, b, rule, weight, score, blocks, model, at)
       ON CONFLICT (record_a, record_b) DO UPDATE SET weight = excluded.weight, score = excluded.score,
         blocks = excluded.blocks, model = excluded.model, at = excluded.at`,
      [
        matches.map(() => newId()),
        matches.map(({ recordA }) => recordA),
        matches.map(({ recordB }) => recordB),
        matches.map(({ a }) => a),
        matches.map(({ b }) => b),
        matches.map(({ rule }) => rule),
        matches.map(({ weight }) => weight),
        matches.map(({ score }) => JSON.stringify(score)),
        matches.map(({ blocks }) => blocks.join('\n')),
        matches.map(({ model }) => model),
        matches.map(({ at }) => new Date(at)),
      ],
      'match-edges.add',
    );
  }

  async remove(tx: Reading, ids: readonly string[]): Promise<void> {
    if (ids.length > 0)
      await tx.query('DELETE FROM match_edge WHERE id = ANY($1::uuid[])', [ids], 'match-edges.remove');
  }
}
