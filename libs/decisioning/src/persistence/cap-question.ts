import type { CapClaim } from '../domain/index.js';
import { COLUMNS, type ReceiptRow } from './receipt-line.js';

/** One offer of one decision. */
export interface OfferOfDecision {
  decisionId: string;
  offer: string;
}

/** What an offer wants to take of hard caps. */
export interface CapRequest extends OfferOfDecision {
  status: 'held' | 'confirmed';
  /** Milliseconds; with `held`. */
  expiresAt: number;
  claims: readonly CapClaim[];
}

/** What one decision wants to take, all that is known of it by then; and what is recorded of it once it has all of it. */
export interface CapQuestion {
  requests: readonly CapRequest[];
  receipt?: ReceiptRow;
}

/** Receipts are JSON already, and go as they are. What a receipt waits for are the requests from `first` to `last`. */
export const ASK = `
  WITH answers AS MATERIALIZED (SELECT place, refused FROM reserve_caps($1, $2)),
       refusals AS MATERIALIZED (SELECT place FROM answers WHERE refused IS NOT NULL),
       recorded AS (
         INSERT INTO decision_receipt (${COLUMNS})
         SELECT r.id, to_timestamp(r.at), r.profile_id, r.receipt
           FROM ROWS FROM (
             unnest($3::uuid[], $4::float8[], $5::uuid[], $6::int8[], $7::int8[]), json_array_elements($8::json)
           ) AS r (id, at, profile_id, first, last, receipt)
          WHERE NOT EXISTS (SELECT 1 FROM refusals WHERE place BETWEEN r.first AND r.last)
         ON CONFLICT DO NOTHING)
  SELECT refused FROM answers ORDER BY place`;

/** The parameters of {@link ASK}; it answers the requests of all questions in their order. */
export function parametersOf(questions: readonly CapQuestion[], now: number): unknown[] {
  let asked = 0;
  const receipts = questions.flatMap(({ requests, receipt }) => {
    const first = asked + 1;
    asked += requests.length;
    return receipt ? [{ first, last: asked, ...receipt }] : [];
  });
  return [
    JSON.stringify(questions.flatMap(({ requests }) => requests.map(requestRow))),
    new Date(now),
    receipts.map(({ id }) => id),
    receipts.map(({ at }) => at / 1000),
    receipts.map(({ profileId }) => profileId),
    receipts.map(({ first }) => first),
    receipts.map(({ last }) => last),
    `[${receipts.map(({ receipt }) => receipt).join(',')}]`,
  ];
}

/** As `reserve_caps` reads it. */
function requestRow({ decisionId, offer, status, expiresAt, claims }: CapRequest): object {
  return {
    d: decisionId,
    o: offer,
    s: status,
    u: new Date(expiresAt),
    c: claims.map(({ cap, person, bucket, limit, amount }) => [cap, person, bucket, limit, amount]),
  };
}
