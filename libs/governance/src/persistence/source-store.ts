import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import type { Party, TrackingPlan } from '../domain/index.js';

/** A source as it was registered. */
export interface SourceFields {
  key: string;
  name: string;
  trustRank: number;
  party: Party;
  /** Longest normal silence, in seconds. */
  expectedEvery: number | null;
  trackingPlan: TrackingPlan | null;
}

export interface StoredSource extends SourceFields {
  version: number;
  createdAt: Date;
  updatedAt: Date;
  lastEventAt: Date | null;
}

const COLUMNS = `key, name, trust_rank AS "trustRank", party, expected_every AS "expectedEvery",
  tracking_plan AS "trackingPlan", version, created_at AS "createdAt", updated_at AS "updatedAt",
  last_event_at AS "lastEventAt"`;

function parameters({ key, name, trustRank, party, expectedEvery, trackingPlan }: SourceFields): unknown[] {
  return [key, name, trustRank, party, expectedEvery, trackingPlan && JSON.stringify(trackingPlan)];
}

/** Registered sources in PostgreSQL. */
@Injectable()
export class SourceStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  all(): Promise<StoredSource[]> {
    return this.database.query(`SELECT ${COLUMNS} FROM source ORDER BY key COLLATE "C"`);
  }

  /** In the order of keys, after `cursor`. */
  page(cursor: string, limit: number): Promise<StoredSource[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM source WHERE key COLLATE "C" > $1 ORDER BY key COLLATE "C" LIMIT $2`,
      [cursor, limit],
    );
  }

  async find(key: string, tx: Pick<Transaction, 'query'> = this.database): Promise<StoredSource | undefined> {
    const [source] = await tx.query<StoredSource>(`SELECT ${COLUMNS} FROM source WHERE key = $1`, [key]);
    return source;
  }

  /** @returns false when there is a source of this key */
  async add(tx: Transaction, source: SourceFields, now: Date): Promise<boolean> {
    const added = await tx.query(
      `INSERT INTO source (key, name, trust_rank, party, expected_every, tracking_plan, version, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $7) ON CONFLICT DO NOTHING RETURNING 1`,
      [...parameters(source), now],
    );
    return added.length > 0;
  }

  /** @returns false when the version is not the present one */
  async replace(tx: Transaction, source: SourceFields, version: number, now: Date): Promise<boolean> {
    const replaced = await tx.query(
      `UPDATE source SET name = $2, trust_rank = $3, party = $4, expected_every = $5, tracking_plan = $6,
         updated_at = $7, version = version + 1
       WHERE key = $1 AND version = $8 RETURNING 1`,
      [...parameters(source), now, version],
    );
    return replaced.length > 0;
  }

  async remove(tx: Transaction, key: string, version: number): Promise<boolean> {
    const removed = await tx.query('DELETE FROM source WHERE key = $1 AND version = $2 RETURNING 1', [
      key,
      version,
    ]);
    return removed.length > 0;
  }

  /** Notes when events of sources last came: source → milliseconds since the epoch. */
  async noteEvents(latest: ReadonlyMap<string, number>): Promise<void> {
    const noted = [...latest].sort(([a], [b]) => (a < b ? -1 : 1));
    await this.database.query(
      `UPDATE source SET last_event_at = greatest(source.last_event_at, heard.at)
       FROM unnest($1::text[], $2::timestamptz[]) AS heard(key, at) WHERE source.key = heard.key`,
      [noted.map(([key]) => key), noted.map(([, at]) => new Date(at))],
    );
  }
}
