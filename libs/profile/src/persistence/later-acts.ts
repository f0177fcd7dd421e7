import { Injectable } from '@nestjs/common';
import type { Transaction } from '@repartee/platform';
import { fromMinor } from '../domain/money.js';
import { OUR_OWN } from '../domain/record-event.js';

/** What somebody did from one moment to another; `until` itself is outside. */
export interface ActsQuestion {
  /** Names the question in the answer. */
  key: string;
  profileId: string;
  from: Date;
  until: Date;
}

/** The profiles of a question: the one asked about, and whoever it was merged into. */
const ASKED = `WITH RECURSIVE asked AS (
    SELECT a.*, a.profile_id AS member
      FROM jsonb_to_recordset($1::jsonb) AS a (key text, profile_id uuid, "from" timestamptz, until timestamptz,
        currency text, event text, question text, decision_id text, offer text)
    UNION
    SELECT a.key, a.profile_id, a."from", a.until, a.currency, a.event, a.question, a.decision_id, a.offer, p.merged_into
      FROM asked a JOIN profile p ON p.id = a.member WHERE p.merged_into IS NOT NULL
  )`;

/** Reads what people did in a span of time, for many people at once. */
@Injectable()
export class LaterActs {
  /** What the orders of the span are worth, less what was given back, in whole units of the currency; others do not count. */
  async ordered(tx: Transaction, questions: readonly (ActsQuestion & { currency: string })[]) {
    const rows = await ask<{ key: string; minor: string; currency: string }>(
      tx,
      `SELECT key, currency, sum(greatest(amount - refunded, 0)) AS minor FROM (
         SELECT DISTINCT a.key, a.currency, o.order_id, o.amount, o.refunded
           FROM asked a JOIN profile_order o ON o.profile_id = a.member AND o.currency = a.currency
          WHERE NOT o.cancelled AND o.amount IS NOT NULL AND o.at >= a."from" AND o.at < a.until) each
        GROUP BY key, currency`,
      questions,
    );
    return new Map(rows.map(({ key, minor, currency }) => [key, fromMinor(Number(minor), currency)]));
  }

  /** What the responses to one display say it was worth, in the currency. */
  async responded(
    tx: Transaction,
    questions: readonly (ActsQuestion & { currency: string; decisionId: string; offer: string })[],
  ) {
    const rows = await ask<{ key: string; value: number }>(
      tx,
      `SELECT a.key, sum((t.data ->> 'value')::float8) AS value
         FROM asked a JOIN timeline_entry t ON t.profile_id = a.member AND t.kind = 'response'
        WHERE t.at >= a."from" AND t.at < a.until AND t.data ->> 'decisionId' = a.decision_id
          AND t.data ->> 'offer' = a.offer AND t.data ->> 'type' IN ('accept', 'convert')
          AND json_typeof(t.data -> 'value') = 'number' AND coalesce(t.data ->> 'currency', a.currency) = a.currency
        GROUP BY a.key`,
      questions,
    );
    return new Map(rows.map(({ key, value }) => [key, value]));
  }

  /** Whether anything at all was heard of the person: not what was done for them, or said about them. */
  async seen(tx: Transaction, questions: readonly ActsQuestion[]): Promise<Set<string>> {
    const rows = await ask<{ key: string }>(
      tx,
      `SELECT DISTINCT key FROM asked a WHERE EXISTS (
         SELECT 1 FROM timeline_entry t LEFT JOIN event_log e ON e.received_at = t.logged_at AND e.id = t.id
          WHERE t.profile_id = a.member AND t.at >= a."from" AND t.at < a.until AND t.kind IN ('event', 'response')
            AND NOT coalesce(e.type = ANY($2::text[]), false))`,
      questions,
      [OUR_OWN],
    );
    return new Set(rows.map(({ key }) => key));
  }

  /** The last answer to a question: the `answer`, else the `score`, of an event whose `question` it is. */
  async answered(
    tx: Transaction,
    questions: readonly (ActsQuestion & { event: string; question: string })[],
  ) {
    const rows = await ask<{ key: string; answer: unknown }>(
      tx,
      `SELECT DISTINCT ON (a.key) a.key,
              coalesce(e.payload -> 'properties' -> 'answer', e.payload -> 'properties' -> 'score') AS answer
         FROM asked a JOIN timeline_entry t ON t.profile_id = a.member AND t.kind = 'event'
         JOIN event_log e ON e.received_at = t.logged_at AND e.id = t.id
        WHERE t.at >= a."from" AND t.at < a.until AND e.type = 'track' AND e.name = a.event
          AND e.payload -> 'properties' ->> 'question' = a.question
        ORDER BY a.key, t.at DESC, t.id DESC`,
      questions,
    );
    return new Map(rows.map(({ key, answer }) => [key, answer]));
  }
}

async function ask<R>(
  tx: Transaction,
  sql: string,
  questions: readonly ActsQuestion[],
  more: readonly unknown[] = [],
): Promise<R[]> {
  if (questions.length === 0) return [];
  const asked = questions.map(({ profileId, ...rest }) => {
    const { decisionId, ...others } = rest as typeof rest & { decisionId?: string };
    return { ...others, profile_id: profileId, decision_id: decisionId };
  });
  return tx.query<R>(`${ASKED} ${sql}`, [JSON.stringify(asked), ...more]);
}
