import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, Housekeeping, type Transaction } from '@repartee/platform';
import { compileReactions, type Reaction, type ReactionDocument } from '../domain/reaction.js';

/** Milliseconds between looks for reactions that another process applied. */
const LOOK = 1000;

/** A reaction as it was applied last. */
export interface StoredReaction {
  document: ReactionDocument;
  /** The configuration revision that wrote it. */
  version: number;
  updatedAt: Date;
}

const STORED = `SELECT document, version, updated_at AS "updatedAt" FROM reaction`;

/** The reactions in force, compiled. */
@Injectable()
export class Reactions implements OnModuleInit {
  private byKey: ReadonlyMap<string, Reaction> = new Map();
  private byEvent: ReadonlyMap<string, Reaction[]> = new Map();
  /** What the compiled reactions were compiled from. */
  private state = '[]';

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.reload();
    this.housekeeping.every(LOOK, 'looking for changed reactions', () => this.reload());
  }

  get(key: string): Reaction | undefined {
    return this.byKey.get(key);
  }

  startedBy(event: string): readonly Reaction[] {
    return this.byEvent.get(event) ?? [];
  }

  /** Reads the reactions again. Called after the configuration changed, here or in another process. */
  async reload(): Promise<void> {
    const documents = await this.documents();
    const state = JSON.stringify(documents);
    if (state === this.state) return;
    this.state = state;
    const { reactions } = compileReactions(documents);
    this.byKey = new Map(reactions.map((reaction) => [reaction.key, reaction]));
    const byEvent = new Map<string, Reaction[]>();
    for (const reaction of reactions) {
      byEvent.set(reaction.event, [...(byEvent.get(reaction.event) ?? []), reaction]);
    }
    this.byEvent = byEvent;
  }

  /** The reactions as they were applied, by key. */
  async documents(tx?: Transaction): Promise<ReactionDocument[]> {
    const rows = await (tx ?? this.database).query<{ document: ReactionDocument }>(
      'SELECT document FROM reaction ORDER BY key',
    );
    return rows.map((row) => row.document);
  }

  /** Some by key, after one of them. */
  page(after: string | undefined, limit: number): Promise<StoredReaction[]> {
    return this.database.query<StoredReaction>(
      `${STORED} WHERE $1::text IS NULL OR key COLLATE "C" > $1 ORDER BY key COLLATE "C" LIMIT $2`,
      [after ?? null, limit],
    );
  }

  async find(key: string, tx?: Transaction): Promise<StoredReaction | undefined> {
    const [row] = await (tx ?? this.database).query<StoredReaction>(`${STORED} WHERE key = $1`, [key]);
    return row;
  }

  /**
   * Writes reactions as part of a configuration revision; those that say what they said before keep their version. With
   * `prune`, those that are not named go.
   */
  async apply(
    tx: Transaction,
    documents: readonly ReactionDocument[],
    options: { prune: boolean; revision: number },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO reaction (key, document, updated_at, version)
       SELECT key, document::json, $3, $4 FROM unnest($1::text[], $2::text[]) AS t(key, document)
       ON CONFLICT (key) DO UPDATE
         SET document = excluded.document, updated_at = excluded.updated_at, version = excluded.version
         WHERE reaction.document::jsonb <> excluded.document::jsonb`,
      [
        documents.map((document) => document.key),
        documents.map((document) => JSON.stringify(document)),
        new Date(this.clock.now()),
        options.revision,
      ],
    );
    if (options.prune) {
      await tx.query('DELETE FROM reaction WHERE NOT key = ANY($1)', [
        documents.map((document) => document.key),
      ]);
    }
  }

  async remove(tx: Transaction, key: string): Promise<void> {
    await tx.query('DELETE FROM reaction WHERE key = $1', [key]);
  }
}
