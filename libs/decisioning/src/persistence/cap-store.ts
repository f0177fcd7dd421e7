import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import type { CapClaim, CapStanding } from '../domain/index.js';
import {
  ASK,
  type CapQuestion,
  type CapRequest,
  type OfferOfDecision,
  parametersOf,
} from './cap-question.js';

type Connection = Pick<Database, 'query'> | Transaction;
type StoredClaim = OfferOfDecision & {
  cap: string;
  person: string;
  bucket: string;
  ceiling: string;
  amount: string;
};

/** The counters of hard caps: the one authority, for all processes and channels. */
@Injectable()
export class CapStore {
  constructor(private readonly database: Database) {}

  /**
   * Takes what is asked, each request as a whole or not at all, and writes the receipts of those who got all they asked
   * for: in one statement, durable when it answers, unless it is part of a transaction.
   * @returns for each request of each question the cap that refused it, or null
   */
  async ask(
    questions: readonly CapQuestion[],
    now: number,
    connection: Connection = this.database,
  ): Promise<(string | null)[][]> {
    const rows = await connection.query<{ refused: string | null }>(
      ASK,
      parametersOf(questions, now),
      'caps.ask',
    );
    let read = 0;
    return questions.map(({ requests }) => {
      const refused = rows.slice(read, (read += requests.length));
      return refused.map((row) => row.refused);
    });
  }

  /** As {@link ask}, of one question without a receipt. */
  async reserve(
    requests: readonly CapRequest[],
    now: number,
    connection?: Connection,
  ): Promise<(string | null)[]> {
    const [refused = []] = await this.ask([{ requests }], now, connection);
    return refused;
  }

  /** Notes that offers were shown or sent. @returns those that do not hold all they took: it ran out */
  async confirm(
    named: readonly OfferOfDecision[],
    connection: Connection = this.database,
  ): Promise<OfferOfDecision[]> {
    const rows = await connection.query<OfferOfDecision>(
      `WITH named AS (SELECT DISTINCT * FROM unnest($1::uuid[], $2::text[]) AS n (decision_id, offer)),
            found AS (
              SELECT r.decision_id, r.offer, r.cap, r.status IN ('held', 'confirmed') AS live
                FROM cap_reservation r JOIN named USING (decision_id, offer) ORDER BY 1, 2, 3 FOR UPDATE OF r),
            confirmed AS (
              UPDATE cap_reservation r SET status = 'confirmed' FROM found f
               WHERE (r.decision_id, r.offer, r.cap) = (f.decision_id, f.offer, f.cap) AND r.status = 'held')
       SELECT n.decision_id AS "decisionId", n.offer FROM named n LEFT JOIN found f USING (decision_id, offer)
        GROUP BY 1, 2 HAVING NOT coalesce(bool_and(f.live), false)`,
      [named.map(({ decisionId }) => decisionId), named.map(({ offer }) => offer)],
      'caps.confirm',
    );
    return rows;
  }

  /** Gives back what is held; what is confirmed, too, when it turned out to have never arrived. */
  async release(
    named: readonly OfferOfDecision[],
    now: number,
    { confirmed, connection = this.database }: { confirmed: boolean; connection?: Connection },
  ): Promise<void> {
    await connection.query(
      'SELECT settle_caps($1, $2, $3, $4)',
      [
        JSON.stringify(named.map(({ decisionId, offer }) => [decisionId, offer])),
        'released',
        confirmed ? ['held', 'confirmed'] : ['held'],
        new Date(now),
      ],
      'caps.release',
    );
  }

  /** What an offer of a decision once took, to take it again. */
  async claimsOf(
    { decisionId, offer }: OfferOfDecision,
    connection: Connection = this.database,
  ): Promise<CapClaim[]> {
    const rows = await connection.query<StoredClaim>(
      'SELECT cap, person, bucket, ceiling, amount FROM cap_reservation WHERE decision_id = $1 AND offer = $2',
      [decisionId, offer],
    );
    return rows.map(({ cap, person, bucket, ceiling, amount }) => ({
      cap,
      person,
      bucket,
      limit: Number(ceiling),
      amount: Number(amount),
    }));
  }

  /** How much of the counters of some claims is taken; for those who ask why. Takes nothing. */
  async standingOf(
    claims: readonly CapClaim[],
    now: number,
    connection: Connection = this.database,
  ): Promise<CapStanding[]> {
    const rows = await connection.query<{ place: string; used: string; next: Date | null }>(
      `SELECT c.place, coalesce(k.used, 0) - coalesce(r.gone, 0) AS used, r.next
         FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS c (cap, person, bucket, place)
         LEFT JOIN cap_counter k USING (cap, person, bucket)
         LEFT JOIN LATERAL (
           SELECT sum(amount) FILTER (WHERE expires_at <= $4) AS gone, min(expires_at) FILTER (WHERE expires_at > $4) AS next
             FROM cap_reservation r
            WHERE (r.cap, r.person, r.bucket) = (c.cap, c.person, c.bucket) AND r.status = 'held') r ON true
        ORDER BY c.place`,
      [
        claims.map(({ cap }) => cap),
        claims.map(({ person }) => person),
        claims.map(({ bucket }) => bucket),
        new Date(now),
      ],
    );
    return claims.map(({ cap, limit, amount }, place) => ({
      cap,
      limit,
      amount,
      used: Number(rows[place]?.used ?? 0),
      nextExpiry: rows[place]?.next?.getTime() ?? null,
    }));
  }

  /** How much of a cap is taken, by counter, the most used first. */
  usage(
    cap: string,
    now: number,
    limit: number,
  ): Promise<{ person: string; bucket: string; held: string; used: string }[]> {
    return this.database.query(
      `SELECT k.person, k.bucket, k.used - coalesce(r.gone, 0) AS used, coalesce(r.held, 0) AS held
         FROM cap_counter k LEFT JOIN LATERAL (
           SELECT sum(amount) FILTER (WHERE expires_at <= $2) AS gone, sum(amount) FILTER (WHERE expires_at > $2) AS held
             FROM cap_reservation r
            WHERE (r.cap, r.person, r.bucket) = (k.cap, k.person, k.bucket) AND r.status = 'held') r ON true
        WHERE k.cap = $1 ORDER BY 3 DESC, k.person, k.bucket LIMIT $3`,
      [cap, new Date(now), limit],
    );
  }

  /** Gives back what ran out long ago and nobody asked for since, and forgets reservations that are settled. */
  async tidy(now: number): Promise<void> {
    const before = (days: number) => new Date(now - days * 86_400_000);
    await this.database.query(
      `SELECT settle_caps(coalesce(jsonb_agg(jsonb_build_array(decision_id, offer)), '[]'), 'expired', '{held}', $1)
         FROM (SELECT DISTINCT decision_id, offer FROM cap_reservation
                WHERE status = 'held' AND expires_at <= $1 LIMIT 1000) overdue`,
      [before(1)],
    );
    await this.database.query(
      `DELETE FROM cap_reservation WHERE status IN ('expired', 'released') AND expires_at < $1
          OR status = 'confirmed' AND expires_at < $2`,
      [before(30), before(400)],
    );
  }

  /** Two people's counters, as of one. */
  async movePerson(from: string, to: string, connection: Connection): Promise<void> {
    await connection.query(
      `WITH moved AS (
         SELECT cap, bucket FROM cap_counter WHERE person IN ($1, $2) ORDER BY cap, person, bucket FOR UPDATE)
       SELECT count(*) FROM moved`,
      [from, to],
    );
    await connection.query(
      `WITH gone AS (DELETE FROM cap_counter WHERE person = $1 RETURNING cap, bucket, used)
       INSERT INTO cap_counter AS k (cap, person, bucket, used) SELECT cap, $2, bucket, used FROM gone
       ON CONFLICT (cap, person, bucket) DO UPDATE SET used = k.used + excluded.used`,
      [from, to],
    );
    await connection.query('UPDATE cap_reservation SET person = $2 WHERE person = $1', [from, to]);
  }
}
