import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database } from '@repartee/platform';

export const hintStates = ['open', 'linked', 'dismissed'] as const;
export type HintState = (typeof hintStates)[number];

/** Something in a text about a person that may tell who else it is about. */
export interface EntityHint {
  id: string;
  /** Whose timeline the text is in. */
  profileId: string;
  eventId: string;
  namespace: string;
  value: string;
  excerpt: string;
  state: HintState;
  foundAt: string;
  decidedAt: string | null;
  decidedBy: string | null;
}

interface Row {
  id: string;
  profile_id: string;
  event_id: string;
  namespace: string;
  value: string;
  excerpt: string;
  state: HintState;
  found_at: Date;
  decided_at: Date | null;
  decided_by: string | null;
}

const HINTS = `
  SELECT h.*, t.profile_id FROM entity_hint h
  JOIN LATERAL (SELECT profile_id FROM timeline_entry WHERE id = h.event_id LIMIT 1) t ON true`;

/** Hints that people look at before anything is linked. */
@Injectable()
export class EntityHints {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Newest first; the cursor is the last id seen. */
  async list(options: {
    state: HintState;
    limit: number;
    cursor?: string;
  }): Promise<{ items: EntityHint[]; nextCursor: string | null }> {
    const rows = await this.database.query<Row>(
      `${HINTS} WHERE h.state = $1 AND ($2::uuid IS NULL OR h.id < $2) ORDER BY h.id DESC LIMIT $3`,
      [options.state, options.cursor ?? null, options.limit + 1],
    );
    const page = rows.slice(0, options.limit);
    const last = rows.length > options.limit ? page.at(-1) : undefined;
    return { items: page.map(toHint), nextCursor: last?.id ?? null };
  }

  async get(id: string): Promise<EntityHint | undefined> {
    const [row] = await this.database.query<Row>(`${HINTS} WHERE h.id = $1`, [id]);
    return row && toHint(row);
  }

  /** Settles a hint that is still open. @returns false when somebody else was first */
  async settle(id: string, state: Exclude<HintState, 'open'>, by: string): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE entity_hint SET state = $2, decided_at = $3, decided_by = $4
       WHERE id = $1 AND state = 'open' RETURNING 1`,
      [id, state, new Date(this.clock.now()), by],
    );
    return rows.length > 0;
  }
}

function toHint(row: Row): EntityHint {
  return {
    id: row.id,
    profileId: row.profile_id,
    eventId: row.event_id,
    namespace: row.namespace,
    value: row.value,
    excerpt: row.excerpt,
    state: row.state,
    foundAt: row.found_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    decidedBy: row.decided_by,
  };
}
