import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import type { OfferTerms } from '../domain/index.js';
import type { OfferOfDecision } from './cap-question.js';

/** One round of a negotiation. */
export interface NegotiationRound extends OfferOfDecision {
  number: number;
  negotiationId: string;
  agent: string;
  terms: OfferTerms;
  /** Millionths of the currency. */
  cost: number;
  status: 'open' | 'accepted' | 'released';
  profileId: string | null;
  /** Milliseconds. */
  at: number;
}

type Row = Omit<NegotiationRound, 'at' | 'cost'> & { at: Date; cost: string };

/** The table of what was negotiated. */
@Injectable()
export class NegotiationStore {
  constructor(private readonly database: Database) {}

  /** All rounds over one offer of one decision, the first first; nobody else negotiates over it until the transaction ends. */
  async lock(tx: Transaction, { decisionId, offer }: OfferOfDecision): Promise<NegotiationRound[]> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `negotiation ${decisionId} ${offer}`,
    ]);
    const rows = await tx.query<Row>(
      `SELECT decision_id AS "decisionId", offer, number, negotiation_id AS "negotiationId", agent, terms, cost, status,
              profile_id AS "profileId", at
         FROM offer_negotiation WHERE decision_id = $1 AND offer = $2 ORDER BY number`,
      [decisionId, offer],
    );
    return rows.map((row) => ({ ...row, cost: Number(row.cost), at: row.at.getTime() }));
  }

  async add(tx: Transaction, round: NegotiationRound): Promise<void> {
    const { decisionId, offer, number, negotiationId, agent, terms, cost, status, profileId, at } = round;
    await tx.query(
      `INSERT INTO offer_negotiation
         (decision_id, offer, number, negotiation_id, agent, terms, cost, status, profile_id, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        decisionId,
        offer,
        number,
        negotiationId,
        agent,
        JSON.stringify(terms),
        cost,
        status,
        profileId,
        new Date(at),
      ],
    );
  }

  async settle(tx: Transaction, round: NegotiationRound, status: NegotiationRound['status']): Promise<void> {
    await tx.query(
      'UPDATE offer_negotiation SET status = $4 WHERE decision_id = $1 AND offer = $2 AND number = $3',
      [round.decisionId, round.offer, round.number, status],
    );
  }

  /** What was negotiated with somebody. */
  of(profileIds: readonly string[]): Promise<Record<string, unknown>[]> {
    return this.database.query(
      `SELECT decision_id AS "decisionId", offer, terms, status, at FROM offer_negotiation
        WHERE profile_id = ANY($1::uuid[]) ORDER BY at, decision_id, number`,
      [profileIds],
    );
  }

  async forget(tx: Transaction, profileIds: readonly string[]): Promise<void> {
    await tx.query('DELETE FROM offer_negotiation WHERE profile_id = ANY($1::uuid[])', [profileIds]);
  }
}
