import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@repartee/platform';

/** What became of offers that agents made. */
export interface Acceptance {
  /** Offers that were answered at all: accepted, rejected, put off or waved away. */
  answeredOffers: number;
  acceptedOffers: number;
  /** Share of the answered; null where none was. */
  acceptance: number | null;
}
interface Row {
  offer: string | null;
  agent: string | null;
  answered: number;
  accepted: number;
}

export const NO_OFFERS: Acceptance = { answeredOffers: 0, acceptedOffers: 0, acceptance: null };

/**
 * From the calls of a stretch to what their callers said of what was decided in them: each step by an index. An offer of a
 * decision counts once, however often it was answered; one that was accepted in the end is accepted.
 */
const ANSWERS = `WITH answers AS (
    SELECT c.agent, t.data->>'offer' AS offer, t.data->>'decisionId' AS decision,
      bool_or(t.data->>'type' IN ('accept', 'convert')) AS accepted
    FROM call c
    JOIN timeline_entry t ON t.profile_id = c.profile_id AND t.at > $1 AND t.kind = 'response'
    JOIN decision_receipt r ON r.id = (t.data->>'decisionId')::uuid AND r.receipt->'x'->'call'->>'id' = c.id::text
    WHERE c.last_at > $1 AND c.agent IS NOT NULL AND ($2::text IS NULL OR c.queue = $2)
      AND t.data->>'type' IN ('accept', 'convert', 'reject', 'later', 'dismiss')
    GROUP BY 1, 2, 3
  )
  SELECT offer, agent, count(*)::int AS answered, (count(*) FILTER (WHERE accepted))::int AS accepted
  FROM answers GROUP BY GROUPING SETS ((offer), (agent)) ORDER BY offer, agent LIMIT 4000`;

/** Counts how the offers of agents were taken, by offer and by agent. */
@Injectable()
export class OfferAcceptance {
  constructor(@Inject(Database) private readonly database: Database) {}

  async since(from: Date, queue: string | undefined) {
    const rows = await this.database.query<Row>(ANSWERS, [from, queue ?? null]);
    return {
      offers: rows.flatMap((row) => (row.offer === null ? [] : [{ offer: row.offer, ...shareOf(row) }])),
      byAgent: new Map(rows.flatMap((row) => (row.agent === null ? [] : [[row.agent, shareOf(row)]]))),
    };
  }
}

function shareOf({ answered, accepted }: Row): Acceptance {
  return { answeredOffers: answered, acceptedOffers: accepted, acceptance: accepted / answered };
}
