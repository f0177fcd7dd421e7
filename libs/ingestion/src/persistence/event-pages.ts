import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@repartee/platform';
import { toSeenEvent, type RecentEvent, type RecentRow } from './event-log.js';

/** Which events are wanted, by when they came. */
export interface EventSpan {
  /** Milliseconds since the epoch; the second is not part of it. */
  from: number;
  until: number;
  source?: string | undefined;
  /** What the product calls a response, or everything else. */
  responses: boolean;
}

const PAGE = 500;

/** Reads the log from end to end, a page at a time. What is held back from use is left out. */
@Injectable()
export class EventPages {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** In the order in which events came. */
  async *read({ from, until, source, responses }: EventSpan): AsyncGenerator<RecentEvent> {
    let last: RecentRow | undefined;
    for (;;) {
      const rows: RecentRow[] = await this.database.query<RecentRow>(
        `SELECT id, received_at, occurred_at, source, type, name, message_id, verified, payload FROM event_log e
         WHERE received_at >= $1 AND received_at < $2 AND (received_at, id) > ($3, $4::uuid)
           AND ($5::text IS NULL OR source = $5) AND (type = 'response') = $6
           AND NOT EXISTS (SELECT 1 FROM event_held held WHERE held.id = e.id)
         ORDER BY received_at, id LIMIT $7`,
        [
          new Date(from),
          new Date(until),
          last?.received_at ?? new Date(from),
          last?.id ?? '00000000-0000-0000-0000-000000000000',
          source ?? null,
          responses,
          PAGE,
        ],
      );
      for (const row of rows) yield toSeenEvent(row);
      last = rows.at(-1);
      if (rows.length < PAGE) return;
    }
  }
}
