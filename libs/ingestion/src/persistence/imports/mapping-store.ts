import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database } from '@repartee/platform';
import type { Mapping } from '../../domain/imports/mapping.js';

/** A mapping under a name. */
export interface NamedMapping {
  key: string;
  mapping: Mapping;
  updatedAt: string;
}

interface Row {
  key: string;
  mapping: Mapping;
  updated_at: Date;
}

/** Mappings that are used more than once. */
@Injectable()
export class MappingStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async put(key: string, mapping: Mapping): Promise<NamedMapping> {
    const [row] = await this.database.query<Row>(
      `INSERT INTO import_mapping (key, mapping, updated_at) VALUES ($1, $2, $3)
       ON CONFLICT (key) DO UPDATE SET mapping = excluded.mapping, updated_at = excluded.updated_at RETURNING *`,
      [key, JSON.stringify(mapping), new Date(this.clock.now())],
    );
    return named(row as Row);
  }

  async get(key: string): Promise<NamedMapping | undefined> {
    const [row] = await this.database.query<Row>('SELECT * FROM import_mapping WHERE key = $1', [key]);
    return row && named(row);
  }

  /** By key. `after` is the cursor: the last key seen. */
  async list({ after, limit }: { after?: string; limit: number }): Promise<NamedMapping[]> {
    const rows = await this.database.query<Row>(
      'SELECT * FROM import_mapping WHERE key > $1 ORDER BY key LIMIT $2',
      [after ?? '', limit],
    );
    return rows.map(named);
  }

  /** @returns false when there was none */
  async remove(key: string): Promise<boolean> {
    const rows = await this.database.query('DELETE FROM import_mapping WHERE key = $1 RETURNING 1', [key]);
    return rows.length > 0;
  }
}

function named({ key, mapping, updated_at }: Row): NamedMapping {
  return { key, mapping, updatedAt: updated_at.toISOString() };
}
