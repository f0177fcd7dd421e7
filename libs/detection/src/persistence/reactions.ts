import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, Housekeeping, type Transaction } from '@repartee/platform';
import { compileReactions, type Reaction, type ReactionDocument } from '../domain/reaction.js';

/** Milliseconds between looks for reactions that another process applied. */
const LOOK = 1000;

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
  async documents(): Promise<ReactionDocument[]> {
    const rows = await this.database.query<{ document: ReactionDocument }>(
      'SELECT document FROM reaction ORDER BY key',
    );
    return rows.map((row) => row.document);
  }

  /** Writes reactions; with `prune`, those that are not named go. */
  async apply(tx: Transaction, documents: ReactionDocument[], options: { prune: boolean }): Promise<void> {
    await tx.query(
      `INSERT INTO reaction (key, document, updated_at)
       SELECT key, document::json, $3 FROM unnest($1::text[], $2::text[]) AS t(key, document)
       ON CONFLICT (key) DO UPDATE SET document = excluded.document, updated_at = excluded.updated_at`,
      [
        documents.map((document) => document.key),
        documents.map((document) => JSON.stringify(document)),
        new Date(this.clock.now()),
      ],
    );
    if (options.prune) {
      await tx.query('DELETE FROM reaction WHERE NOT key = ANY($1)', [
        documents.map((document) => document.key),
      ]);
    }
  }
}
