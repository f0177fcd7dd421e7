import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database, type Transaction } from '@repartee/platform';

/** `open` until a human has said what it is. */
export const reviewStates = ['open', 'refused', 'not_refused', 'answered'] as const;
export type ReviewState = (typeof reviewStates)[number];

/** Words of a person that a human should look at. */
export interface InboundReview {
  id: string;
  /** ISO 8601. */
  at: string;
  connector: string;
  channel: string;
  address: string;
  sender: string | null;
  profileId: string | null;
  dialogueId: string | null;
  text: string;
  media: readonly object[];
  looksLikeRefusal: boolean;
  state: ReviewState;
  decidedAt: string | null;
  decidedBy: string | null;
}

interface Row {
  id: string;
  at: Date;
  connector: string;
  channel: string;
  address: string;
  sender: string | null;
  profile_id: string | null;
  dialogue_id: string | null;
  text: string;
  media: object[];
  looks_like_refusal: boolean;
  state: ReviewState;
  decided_at: Date | null;
  decided_by: string | null;
}

/** What people wrote that waits for a human. */
@Injectable()
export class InboundReviews {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Adds words to the list, in the caller's transaction; the same id once. */
  async add(
    tx: Pick<Transaction, 'query'>,
    review: Omit<InboundReview, 'state' | 'decidedAt' | 'decidedBy'>,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO inbound_review (id, at, connector, channel, address, sender, profile_id, dialogue_id, text, media,
         looks_like_refusal, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open') ON CONFLICT DO NOTHING`,
      [
        review.id,
        review.at,
        review.connector,
        review.channel,
        review.address,
        review.sender,
        review.profileId,
        review.dialogueId,
        review.text,
        JSON.stringify(review.media),
        review.looksLikeRefusal,
      ],
    );
  }

  /** Those that wait longest come first. */
  async list({
    state,
    cursor,
    limit,
  }: {
    state: ReviewState;
    cursor?: string | undefined;
    limit: number;
  }): Promise<{ items: InboundReview[]; nextCursor: string | null }> {
    const rows = await this.database.query<Row>(
      `SELECT * FROM inbound_review WHERE state = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [state, cursor ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    return { items: page.map(toReview), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
  }

  async find(id: string): Promise<InboundReview | undefined> {
    const [row] = await this.database.query<Row>('SELECT * FROM inbound_review WHERE id = $1', [id]);
    return row && toReview(row);
  }

  /** Notes what a human said. @returns the review; undefined where somebody has said otherwise before */
  async decide(
    tx: Transaction,
    id: string,
    verdict: Exclude<ReviewState, 'open'>,
    by: string,
  ): Promise<InboundReview | undefined> {
    const [row] = await tx.query<Row>(
      `UPDATE inbound_review SET state = $2, decided_at = coalesce(decided_at, $3), decided_by = coalesce(decided_by, $4)
       WHERE id = $1 AND state IN ('open', $2) RETURNING *`,
      [id, verdict, new Date(this.clock.now()), by],
    );
    return row && toReview(row);
  }
}

function toReview(row: Row): InboundReview {
  return {
    id: row.id,
    at: row.at.toISOString(),
    connector: row.connector,
    channel: row.channel,
    address: row.address,
    sender: row.sender,
    profileId: row.profile_id,
    dialogueId: row.dialogue_id,
    text: row.text,
    media: row.media,
    looksLikeRefusal: row.looks_like_refusal,
    state: row.state,
    decidedAt: row.decided_at?.toISOString() ?? null,
    decidedBy: row.decided_by,
  };
}
