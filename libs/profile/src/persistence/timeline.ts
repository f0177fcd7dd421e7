import { Inject, Injectable, Optional } from '@nestjs/common';
import { Database, Happenings, type Transaction } from '@repartee/platform';
import type { NewTimelineEntry, TimelineKind } from './timeline-entry.js';
import { happeningsOf } from './timeline-happenings.js';

export type { NewTimelineEntry, TimelineKind } from './timeline-entry.js';

export interface TimelineEntry {
  id: string;
  at: string;
  kind: TimelineKind;
  data: unknown;
}

interface Row {
  id: string;
  at: Date;
  kind: TimelineKind;
  data: unknown;
  type: string | null;
  name: string | null;
  source: string | null;
  payload: Record<string, unknown> | null;
}

/** What happened with people, in the order it happened. */
@Injectable()
export class Timeline {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Optional() @Inject(Happenings) private readonly happenings?: Happenings,
  ) {}

  /** Adds entries, and tells of them. One that is there already stays as it is. */
  async append(tx: Transaction, entries: NewTimelineEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await tx.query(
      `INSERT INTO timeline_entry (profile_id, at, id, kind, logged_at, data, version)
       SELECT profile_id, at, id, kind, logged_at, data::json, version
       FROM unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::bigint[])
         AS t(profile_id, at, id, kind, logged_at, data, version)
       ON CONFLICT DO NOTHING`,
      [
        entries.map((entry) => entry.profileId),
        entries.map((entry) => new Date(entry.at).toISOString()),
        entries.map((entry) => entry.id),
        entries.map((entry) => entry.kind),
        entries.map((entry) =>
          entry.loggedAt === undefined ? null : new Date(entry.loggedAt).toISOString(),
        ),
        entries.map((entry) => (entry.data === undefined ? null : JSON.stringify(entry.data))),
        entries.map((entry) => entry.version ?? null),
      ],
      'timeline.append',
    );
    await this.happenings?.announce(tx, happeningsOf(entries));
  }

  /** Who sent events of a family, by their ids. */
  async sourcesOf(family: readonly string[], ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.database.query<{ id: string; source: string }>(
      `SELECT t.id, e.source FROM timeline_entry t JOIN event_log e ON e.received_at = t.logged_at AND e.id = t.id
       WHERE t.profile_id = ANY($1::uuid[]) AND t.id::text = ANY($2::text[])`,
      [family, ids],
    );
    return new Map(rows.map(({ id, source }) => [id, source]));
  }

  /** Newest first, of all profiles of one family; with `q`, entries whose free text has these words. */
  async read(
    family: string[],
    options: { limit: number; cursor?: string; q?: string },
  ): Promise<{ items: TimelineEntry[]; nextCursor: string | null }> {
    const before = decodeCursor(options.cursor);
    const rows = await this.database.query<Row>(
      `SELECT t.id, t.at, t.kind, t.data, e.type, e.name, e.source, e.payload
       FROM timeline_entry t LEFT JOIN event_log e ON e.received_at = t.logged_at AND e.id = t.id
       WHERE t.profile_id = ANY($1::uuid[]) AND ($2::timestamptz IS NULL OR (t.at, t.id) < ($2, $3::uuid))
         AND ($5::text IS NULL OR EXISTS (
           SELECT 1 FROM timeline_text x WHERE x.event_id = t.id AND x.words @@ websearch_to_tsquery('simple', $5)))
       ORDER BY t.at DESC, t.id DESC LIMIT $4`,
      [family, before?.at ?? null, before?.id ?? null, options.limit + 1, options.q ?? null],
    );
    const page = rows.slice(0, options.limit);
    const last = page.at(-1);
    const more = rows.length > options.limit && last !== undefined;
    return { items: page.map(toEntry), nextCursor: more ? encodeCursor(last) : null };
  }
}

function encodeCursor(row: Row): string {
  return Buffer.from(`${row.at.toISOString()} ${row.id}`).toString('base64url');
}

function decodeCursor(cursor: string | undefined): { at: string; id: string } | undefined {
  const [at, id] = cursor === undefined ? [] : Buffer.from(cursor, 'base64url').toString().split(' ');
  const valid =
    at !== undefined && id !== undefined && !Number.isNaN(Date.parse(at)) && /^[0-9a-f-]{36}$/.test(id);
  return valid ? { at, id } : undefined;
}

/** Notes come in as events, and are shown as what they are. */
function toEntry(row: Row): TimelineEntry {
  const { payload } = row;
  const at = row.at.toISOString();
  if (row.type === 'note' && payload) return { id: row.id, at, kind: 'note', data: payload['note'] };
  const data =
    row.kind === 'event' && payload
      ? {
          type: row.type,
          name: row.name,
          source: row.source,
          properties: payload['properties'] ?? payload['traits'] ?? {},
          context: payload['context'] ?? {},
        }
      : row.data;
  return { id: row.id, at, kind: row.kind, data };
}
