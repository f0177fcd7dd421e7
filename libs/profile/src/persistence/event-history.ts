import { Injectable } from '@nestjs/common';
import type { Transaction } from '@repartee/platform';
import type { RecordEvent } from '../domain/index.js';

/** An event of the past with the profile it was filed under. */
export interface PastEvent {
  profileId: string;
  event: RecordEvent & { messageId: string; traceparent: string | null };
}

interface Row {
  profile_id: string;
  id: string;
  occurred_at: Date;
  type: string;
  name: string | null;
  source: string;
  message_id: string;
  verified: boolean;
  payload: Record<string, unknown>;
}

const PAGE = 1000;

/** Events of people, as the log holds them, with the profile each was filed under: what a rebuild starts from. */
@Injectable()
export class EventHistory {
  /** All events of these profiles that happened from `from` on (milliseconds since the epoch), page by page. */
  async *events(tx: Pick<Transaction, 'query'>, family: string[], from = 0): AsyncGenerator<PastEvent[]> {
    let last: Row | undefined;
    for (;;) {
      const rows: Row[] = await tx.query<Row>(
        `SELECT t.profile_id, e.id, e.occurred_at, e.type, e.name, e.source, e.message_id, e.verified, e.payload
         FROM timeline_entry t JOIN event_log e ON e.received_at = t.logged_at AND e.id = t.id
         WHERE t.profile_id = ANY($1::uuid[]) AND t.logged_at IS NOT NULL AND t.at >= $5
           AND ($2::timestamptz IS NULL OR (t.at, t.id) > ($2, $3::uuid))
         ORDER BY t.at, t.id LIMIT $4`,
        [family, last?.occurred_at ?? null, last?.id ?? null, PAGE, new Date(from)],
      );
      if (rows.length > 0) yield rows.map(toPast);
      last = rows.at(-1);
      if (rows.length < PAGE) return;
    }
  }
}

function toPast({ profile_id, occurred_at, message_id, ...row }: Row): PastEvent {
  return {
    profileId: profile_id,
    event: { ...row, occurredAt: occurred_at.getTime(), messageId: message_id, traceparent: null },
  };
}
