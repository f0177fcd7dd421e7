import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database, newId, type Transaction } from '@repartee/platform';
import { isClaim, type LoadedComponent, type Partition } from '../domain/index.js';
import type { StoredMatch } from './match-edges.js';

/** Why somebody should look. */
export type ReviewKind = 'match' | 'shared' | 'weak' | 'ambiguous';

/** Something for a person to look at. */
export interface NewReview {
  kind: ReviewKind;
  /** Keys of the two sides. */
  a: string;
  b: string;
  weight?: number;
  detail: object;
}

/** A review as it is listed. */
export interface Review {
  id: string;
  kind: ReviewKind;
  a: string;
  b: string;
  weight: number | null;
  detail: unknown;
  createdAt: string;
  verdict: 'same' | 'different' | null;
  decidedAt: string | null;
  decidedBy: string | null;
}

interface Row {
  id: string;
  kind: ReviewKind;
  a: string;
  b: string;
  weight: number | null;
  detail: unknown;
  created_at: Date;
  verdict: 'same' | 'different' | null;
  decided_at: Date | null;
  decided_by: string | null;
}

/** What waits for a person's verdict. */
@Injectable()
export class ReviewStore {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** The oldest first: those that wait, or those that were decided. */
  async list(options: { open: boolean; limit: number; after?: string }): Promise<Review[]> {
    const rows = await this.database.query<Row>(
      `SELECT * FROM match_review WHERE (verdict IS NULL) = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [options.open, options.after ?? null, options.limit],
    );
    return rows.map(toReview);
  }

  async lock(tx: Transaction, id: string): Promise<Review | undefined> {
    const [row] = await tx.query<Row>('SELECT * FROM match_review WHERE id = $1 FOR UPDATE', [id]);
    return row && toReview(row);
  }

  async decide(tx: Transaction, id: string, verdict: 'same' | 'different', by: string): Promise<void> {
    await tx.query('UPDATE match_review SET verdict = $2, decided_at = $3, decided_by = $4 WHERE id = $1', [
      id,
      verdict,
      new Date(this.clock.now()),
      by,
    ]);
  }

  /** Adds reviews. A pair that was looked at, or waits already, is not added again. */
  async add(tx: Pick<Transaction, 'query'>, reviews: NewReview[]): Promise<void> {
    if (reviews.length === 0) return;
    await tx.query(
      `INSERT INTO match_review (id, kind, a, b, weight, detail, created_at)
       SELECT id, kind, a, b, weight, detail::json, $7
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::text[])
         AS t(id, kind, a, b, weight, detail)
       ON CONFLICT DO NOTHING`,
      [
        reviews.map(() => newId()),
        reviews.map(({ kind }) => kind),
        reviews.map(({ a, b }) => (a < b ? a : b)),
        reviews.map(({ a, b }) => (a < b ? b : a)),
        reviews.map(({ weight }) => weight ?? null),
        reviews.map(({ detail }) => JSON.stringify(detail)),
        new Date(this.clock.now()),
      ],
      'reviews.add',
    );
  }

  /** Notes records that look alike, but not enough to be taken for one person's. */
  async suggest(tx: Transaction, matches: readonly Omit<StoredMatch, 'id'>[]): Promise<void> {
    await this.add(
      tx,
      matches.map(({ a, b, weight, score, model }) => ({
        kind: 'match',
        a,
        b,
        weight,
        detail: { ...score, model },
      })),
    );
  }

  /** Notes what a partition leaves open: links through what just became shared, and links too weak to join by themselves. */
  async note(tx: Transaction, found: LoadedComponent, result: Partition): Promise<void> {
    const before = new Map([...found.rows.values()].map((row) => [row.key, row.sharedAt]));
    const reviews: NewReview[] = [];
    for (const [key, since] of result.sharing) {
      if (!before.has(key) || before.get(key) != null || isClaim(key)) continue;
      for (const edge of result.kept) {
        if (edge.kind === 'verdict' || (edge.a !== key && edge.b !== key)) continue;
        reviews.push({
          kind: 'shared',
          a: edge.a,
          b: edge.b,
          detail: { identifier: key, sharedSince: since },
        });
      }
    }
    for (const edge of result.dropped)
      if (edge.kind === 'match' && edge.reason !== 'verdict')
        reviews.push({
          kind: 'match',
          a: edge.a,
          b: edge.b,
          weight: edge.weight,
          detail: { heldBackBy: edge.reason },
        });
      else if (edge.kind === 'event' && edge.reason === 'weak')
        reviews.push({ kind: 'weak', a: edge.a, b: edge.b, detail: { eventId: edge.id, at: edge.at } });
    await this.add(tx, reviews);
  }
}

function toReview({ created_at, decided_at, decided_by, ...row }: Row): Review {
  return {
    ...row,
    createdAt: created_at.toISOString(),
    decidedAt: decided_at?.toISOString() ?? null,
    decidedBy: decided_by,
  };
}
