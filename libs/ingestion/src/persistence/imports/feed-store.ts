import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database } from '@repartee/platform';
import type { Mapping } from '../../domain/imports/mapping.js';

/** What is said of a watched folder. */
export interface NewFeed {
  key: string;
  /** Below the import folder. */
  folder: string;
  pattern: string;
  schedule: string;
  source: string;
  mapping: Mapping;
  enabled: boolean;
}

/** A folder that is watched for files. */
export interface Feed extends NewFeed {
  nextLookAt: string;
  lastLookAt: string | null;
  /** What was wrong at the last look. */
  problem: string | null;
}

type Row = NewFeed & { next_look_at: Date; last_look_at: Date | null; problem: string | null };

const COLUMNS =
  'key, folder, pattern, schedule, source, mapping, enabled, next_look_at, last_look_at, problem';

/** The next feed that is due, for one process. Until the look is over nobody else takes it, or for ten minutes. */
const TAKE = `
  UPDATE import_feed SET next_look_at = $2 WHERE key = (
    SELECT key FROM import_feed WHERE enabled AND next_look_at <= $1
    ORDER BY next_look_at LIMIT 1 FOR UPDATE SKIP LOCKED
  ) RETURNING ${COLUMNS}`;
const LOOK_TAKES = 600_000;

/** Watched folders. */
@Injectable()
export class FeedStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @param nextLookAt milliseconds since the epoch */
  async put(feed: NewFeed, nextLookAt: number): Promise<Feed> {
    const { key, folder, pattern, schedule, source, mapping, enabled } = feed;
    const [row] = await this.database.query<Row>(
      `INSERT INTO import_feed (key, folder, pattern, schedule, source, mapping, enabled, updated_at, next_look_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (key) DO UPDATE SET folder = excluded.folder, pattern = excluded.pattern, schedule = excluded.schedule,
         source = excluded.source, mapping = excluded.mapping, enabled = excluded.enabled,
         updated_at = excluded.updated_at, next_look_at = excluded.next_look_at, problem = NULL
       RETURNING ${COLUMNS}`,
      [
        ...[key, folder, pattern, schedule, source, JSON.stringify(mapping), enabled],
        ...[new Date(this.clock.now()), new Date(nextLookAt)],
      ],
    );
    return toFeed(row as Row);
  }

  async get(key: string): Promise<Feed | undefined> {
    const [row] = await this.database.query<Row>(`SELECT ${COLUMNS} FROM import_feed WHERE key = $1`, [key]);
    return row && toFeed(row);
  }

  /** By key. `after` is the cursor: the last key seen. */
  async list({ after, limit }: { after?: string; limit: number }): Promise<Feed[]> {
    const rows = await this.database.query<Row>(
      `SELECT ${COLUMNS} FROM import_feed WHERE key > $1 ORDER BY key LIMIT $2`,
      [after ?? '', limit],
    );
    return rows.map(toFeed);
  }

  /** Takes one feed that is due; nobody else looks at it meanwhile. */
  async takeDue(): Promise<Feed | undefined> {
    const now = this.clock.now();
    const [row] = await this.database.query<Row>(TAKE, [new Date(now), new Date(now + LOOK_TAKES)]);
    return row && toFeed(row);
  }

  async looked(key: string, nextLookAt: number, problem: string | undefined): Promise<void> {
    await this.database.query(
      'UPDATE import_feed SET last_look_at = $2, next_look_at = $3, problem = $4 WHERE key = $1',
      [key, new Date(this.clock.now()), new Date(nextLookAt), problem ?? null],
    );
  }

  /** @returns false when there was none */
  async remove(key: string): Promise<boolean> {
    const rows = await this.database.query('DELETE FROM import_feed WHERE key = $1 RETURNING 1', [key]);
    return rows.length > 0;
  }
}

function toFeed({ next_look_at, last_look_at, ...row }: Row): Feed {
  return {
    ...row,
    nextLookAt: next_look_at.toISOString(),
    lastLookAt: last_look_at?.toISOString() ?? null,
  };
}
