import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, Housekeeping, type Transaction } from '@repartee/platform';
import { type GoldenRecord, RecordCompletion, type TraitBook } from '../domain/index.js';
import { EventHistory } from './event-history.js';
import { GoldenRecords } from './golden-records.js';
import { TraitBooks } from './trait-books.js';

/** Milliseconds between looks for something to do. */
const LOOK = 500;
/** Profiles a transaction. */
const PAGE = 50;

interface Row {
  revision: string;
  started_at: Date;
  finished_at: Date | null;
  superseded: boolean;
  after_id: string | null;
  done: string;
  total: string;
}

/** How far the records have come to be complete for a revision of the trait book. */
export interface TraitReplayProgress {
  revision: number;
  state: 'running' | 'finished' | 'superseded';
  /** Profiles. */
  done: number;
  total: number;
  startedAt: string;
  finishedAt: string | null;
}

/**
 * Makes records complete when traits are declared or changed: reads each person's events from the log and counts what
 * is new. It goes through the profiles in the order of their ids and notes how far it has come with each page, so that
 * it goes on where it was whatever is killed. A record is locked while its events are read, so that what happens
 * meanwhile counts once.
 */
@Injectable()
export class TraitReplay implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(GoldenRecords) private readonly records: GoldenRecords,
    @Inject(EventHistory) private readonly history: EventHistory,
    @Inject(TraitBooks) private readonly books: TraitBooks,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(LOOK, 'making records complete', async () => {
      while (await this.page()) await new Promise(setImmediate);
    });
  }

  /** Newest first. */
  async list(limit: number): Promise<TraitReplayProgress[]> {
    const rows = await this.database.query<Row>(
      'SELECT * FROM trait_replay ORDER BY revision DESC LIMIT $1',
      [limit],
    );
    return rows.map((row) => ({
      revision: Number(row.revision),
      state: row.superseded ? 'superseded' : row.finished_at ? 'finished' : 'running',
      done: Number(row.done),
      total: Number(row.total),
      startedAt: row.started_at.toISOString(),
      finishedAt: row.finished_at?.toISOString() ?? null,
    }));
  }

  /** One page, by one process at a time. Says whether there may be more. */
  private async page(): Promise<boolean> {
    const [waiting] = await this.database.query(
      `SELECT 1 FROM trait_replay WHERE finished_at IS NULL
       UNION ALL SELECT 1 FROM trait_replay_backlog LIMIT 1`,
    );
    if (!waiting) return false;
    return this.database.transaction(async (tx) => {
      const [replay] = await tx.query<Row>(
        'SELECT * FROM trait_replay ORDER BY revision DESC LIMIT 1 FOR UPDATE SKIP LOCKED',
      );
      if (!replay) return false;
      return replay.finished_at === null ? this.next(tx, replay) : this.backlog(tx);
    });
  }

  private async next(tx: Transaction, { revision, after_id }: Row): Promise<boolean> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM profile WHERE merged_into IS NULL AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
      [after_id, PAGE],
    );
    const last = rows.at(-1)?.id;
    if (last === undefined) {
      if (await this.backlog(tx)) return true;
      await tx.query('UPDATE trait_replay SET finished_at = $2, total = done WHERE revision = $1', [
        revision,
        new Date(this.clock.now()),
      ]);
      return true;
    }
    await tx.query('UPDATE trait_replay SET after_id = $2, done = done + $3 WHERE revision = $1', [
      revision,
      last,
      rows.length,
    ]);
    await this.complete(
      tx,
      rows.map((row) => row.id),
    );
    return true;
  }

  private async backlog(tx: Transaction): Promise<boolean> {
    const rows = await tx.query<{ profile_id: string }>(
      `DELETE FROM trait_replay_backlog WHERE profile_id IN (SELECT profile_id FROM trait_replay_backlog LIMIT $1)
       RETURNING (SELECT id FROM profile p WHERE p.id = profile_id AND merged_into IS NULL) AS profile_id`,
      [PAGE],
    );
    const living = rows.map((row) => row.profile_id).filter((id) => id !== null);
    if (living.length > 0) await this.complete(tx, living);
    return rows.length > 0;
  }

  private async complete(tx: Transaction, ids: string[]): Promise<void> {
    // The replay may be younger than the book this process has in memory.
    await this.books.reload(tx);
    const book = this.books.current;
    const batch = await this.records.open(tx, ids);
    let changed = false;
    for (const id of ids) {
      if ((batch.draft(id).book ?? 0) >= book.revision) continue;
      await this.completeOne(tx, batch.touch(id), book);
      changed = true;
    }
    if (changed) await this.records.close(tx, batch);
  }

  private async completeOne(tx: Transaction, record: GoldenRecord, book: TraitBook): Promise<void> {
    const completion = new RecordCompletion(record, book);
    for await (const events of this.history.events(tx, record.family)) {
      for (const { event } of events) completion.add(event);
    }
    completion.finish();
  }
}
