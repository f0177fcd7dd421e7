import { Injectable } from '@nestjs/common';
import type { Transaction } from '@repartee/platform';
import type { RecordEvent } from '../domain/index.js';

interface Row {
  id: string;
  at: Date;
  type: string;
  name: string | null;
  source: string;
  verified: boolean;
  payload: Record<string, unknown>;
}

const PAGE = 1000;

/** The events of people, as the log holds them. */
@Injectable()
export class ProfileHistory {
  /** All events of one family that the log still has, oldest first, page by page. */
  async *events(tx: Pick<Transaction, 'query'>, family: string[]): AsyncGenerator<RecordEvent[]> {
    let last: Row | undefined;
    for (;;) {
      const rows: Row[] = await tx.query<Row>(
        `SELECT t.id, t.at, e.type, e.name, e.source, e.verified, e.payload
         FROM timeline_entry t JOIN event_log e ON e.received_at = t.logged_at AND e.id = t.id
         WHERE t.profile_id = ANY($1::uuid[]) AND t.logged_at IS NOT NULL
           AND ($2::timestamptz IS NULL OR (t.at, t.id) > ($2, $3::uuid))
         ORDER BY t.at, t.id LIMIT $4`,
        [family, last?.at ?? null, last?.id ?? null, PAGE],
      );
      if (rows.length > 0) yield rows.map(({ at, ...event }) => ({ ...event, occurredAt: at.getTime() }));
      last = rows.at(-1);
      if (rows.length < PAGE) return;
    }
  }
}
