import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database, type Transaction } from '@repartee/platform';
import type { MatchModel } from '../domain/index.js';

/** What a model would change, were it published. */
export interface ModelPreview {
  /** Source records it was worked out for. */
  records: number;
  /** Groups of present profiles that would become one person each. */
  merges: number;
  /** Profiles held together by alike records of which some would no longer be alike. */
  splits: number;
  /** Some of each, by profile ids. */
  examples: { merges: string[][]; splits: string[] };
}

/** A model as it is listed. */
export interface ListedModel {
  version: string;
  state: 'draft' | 'published' | 'retired';
  records: number;
  preview: ModelPreview | null;
  createdAt: string;
  publishedAt: string | null;
  /** When every record had been compared again by it. */
  rematchedAt: string | null;
}

interface Row {
  version: string;
  state: ListedModel['state'];
  records: string;
  preview: ModelPreview | null;
  created_at: Date;
  published_at: Date | null;
  rematched_at: Date | null;
}

const COLUMNS = 'version, state, records, preview, created_at, published_at, rematched_at';

/** Models in PostgreSQL. */
@Injectable()
export class MatchModelStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(): Promise<ListedModel[]> {
    const rows = await this.database.query<Row>(
      `SELECT ${COLUMNS} FROM match_model ORDER BY created_at DESC, version LIMIT 100`,
    );
    return rows.map(toListed);
  }

  /** Keeps a draft; the same parameters are the same model. */
  async addDraft(model: MatchModel, preview: ModelPreview): Promise<ListedModel> {
    const [row] = await this.database.query<Row>(
      `INSERT INTO match_model (version, state, model, records, preview, created_at)
       VALUES ($1, 'draft', $2, $3, $4, $5)
       ON CONFLICT (version) DO UPDATE SET preview = excluded.preview, records = excluded.records
       RETURNING ${COLUMNS}`,
      [
        model.version,
        JSON.stringify(model),
        preview.records,
        JSON.stringify(preview),
        new Date(this.clock.now()),
      ],
    );
    if (!row) throw new Error('a model that was written is not there');
    return toListed(row);
  }

  /** Puts a model in force in the place of the one before it. @returns undefined when there is none of this version */
  async publish(tx: Transaction, version: string): Promise<ListedModel | undefined> {
    await tx.query(`UPDATE match_model SET state = 'retired' WHERE state = 'published' AND version <> $1`, [
      version,
    ]);
    const [row] = await tx.query<Row>(
      `UPDATE match_model SET published_at = CASE WHEN state = 'published' THEN published_at ELSE $2 END,
         rematch_after = CASE WHEN state = 'published' THEN rematch_after END,
         rematched_at = CASE WHEN state = 'published' THEN rematched_at END, state = 'published'
       WHERE version = $1 RETURNING ${COLUMNS}`,
      [version, new Date(this.clock.now())],
    );
    return row && toListed(row);
  }

  /** Takes up the comparing again where it stands; one process at a time. */
  async lockRematch(tx: Transaction): Promise<{ version: string; after: string | null } | undefined> {
    const [row] = await tx.query<{ version: string; after: string | null }>(
      `SELECT version, rematch_after AS after FROM match_model
       WHERE state = 'published' AND rematched_at IS NULL FOR UPDATE SKIP LOCKED`,
    );
    return row;
  }

  /** Takes people out of the examples of previews. */
  async forget(tx: Transaction, profileIds: readonly string[]): Promise<void> {
    const naming = await tx.query<{ version: string; preview: ModelPreview }>(
      `SELECT version, preview FROM match_model
       WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) AS t(id) WHERE position(t.id IN preview::text) > 0)
       ORDER BY version FOR UPDATE`,
      [profileIds],
    );
    const gone = new Set(profileIds);
    for (const { version, preview } of naming) {
      const examples = withoutPeople(preview.examples, (id) => gone.has(id));
      await tx.query('UPDATE match_model SET preview = $2 WHERE version = $1', [
        version,
        JSON.stringify({ ...preview, examples }),
      ]);
    }
  }

  async noteRematch(tx: Transaction, version: string, after: string | null): Promise<void> {
    await tx.query(
      `UPDATE match_model SET rematch_after = coalesce($2, rematch_after),
         rematched_at = CASE WHEN $2::uuid IS NULL THEN $3::timestamptz END WHERE version = $1`,
      [version, after, new Date(this.clock.now())],
    );
  }
}

/** Examples of a preview that do not name these people. */
export function withoutPeople(
  { merges, splits }: ModelPreview['examples'],
  gone: (profileId: string) => boolean,
): ModelPreview['examples'] {
  return {
    merges: merges.map((group) => group.filter((id) => !gone(id))).filter((group) => group.length > 1),
    splits: splits.filter((id) => !gone(id)),
  };
}

function toListed(row: Row): ListedModel {
  return {
    version: row.version,
    state: row.state,
    records: Number(row.records),
    preview: row.preview,
    createdAt: row.created_at.toISOString(),
    publishedAt: row.published_at?.toISOString() ?? null,
    rematchedAt: row.rematched_at?.toISOString() ?? null,
  };
}
