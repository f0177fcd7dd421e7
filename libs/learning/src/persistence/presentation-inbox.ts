import { Injectable } from '@nestjs/common';
import type { Transaction } from '@repartee/platform';
import type { Features, LaterAim, Prior } from '../domain/index.js';

/** One response to one display, with what learning needs to know of the display. */
export interface NotedResponse {
  decisionId: string;
  offer: string;
  profileId: string | null;
  model: string;
  features: Features;
  control: number;
  prior: Prior | null;
  credit: number;
  weight: number;
  /** When learning is to be told of it: at once, or when silence is a no. */
  dueAt: Date;
  shownAt: Date;
  /** What is to come of the display later, and when that is judged. */
  later: LaterAim | null;
  judgedAt: Date | null;
}

/** Takes down responses for the learner, in the transaction of whoever heard them. */
@Injectable()
export class PresentationInbox {
  /** A display has one row, whatever responses come and in whatever order: its best response counts. */
  async note(tx: Transaction, responses: readonly NotedResponse[]): Promise<void> {
    const rows = bestOfEach(responses);
    if (rows.length === 0) return;
    await tx.query(
      `INSERT INTO learning_presentation AS p
         (decision_id, offer, profile_id, model, features, control, prior, credit, weight, due_at, shown_at, later, judged_at)
       SELECT decision_id, offer, profile_id, model, features, control, nullif(prior, 'null'), credit, weight, due_at,
              shown_at, nullif(later, 'null'), judged_at
         FROM jsonb_to_recordset($1::jsonb) AS r (decision_id uuid, offer text, profile_id uuid, model text, features jsonb,
           control float8, prior jsonb, credit float8, weight float8, due_at timestamptz,
           shown_at timestamptz, later jsonb, judged_at timestamptz)
       ON CONFLICT (decision_id, offer) DO UPDATE SET
         credit = greatest(p.credit, excluded.credit),
         weight = CASE WHEN excluded.credit > p.credit THEN excluded.weight ELSE p.weight END,
         due_at = CASE WHEN excluded.credit + p.earned <= p.told THEN p.due_at ELSE least(p.due_at, excluded.due_at) END`,
      [JSON.stringify(rows.map(toRow))],
    );
  }
}

function toRow({ decisionId, profileId, dueAt, shownAt, judgedAt, ...rest }: NotedResponse) {
  return {
    decision_id: decisionId,
    profile_id: profileId,
    due_at: dueAt,
    shown_at: shownAt,
    judged_at: judgedAt,
    ...rest,
  };
}

/** One row per display, in key order, so that writers lock rows in the same order. */
function bestOfEach(responses: readonly NotedResponse[]): NotedResponse[] {
  const best = new Map<string, NotedResponse>();
  for (const response of responses) {
    const key = `${response.decisionId.toLowerCase()}/${response.offer}`;
    const known = best.get(key);
    if (!known) best.set(key, response);
    else
      best.set(key, {
        ...(response.credit > known.credit ? response : known),
        dueAt: response.dueAt < known.dueAt ? response.dueAt : known.dueAt,
      });
  }
  return [...best.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, response]) => response);
}
