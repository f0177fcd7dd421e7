import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, Housekeeping, type Transaction } from '@repartee/platform';
import { GoldenRecords, TraitBooks, TraitReplay } from '@repartee/profile';
import { SegmentMembers } from './segment-members.js';

/** Milliseconds between looks for something to do. */
const LOOK = 500;
/** Profiles a transaction: few, so that what else this process does hardly waits. */
const PAGE = 25;
/** Time alone moves people in and out of segments: everybody is asked again after so many milliseconds. */
const AGAIN = 3_600_000;

interface Row {
  revision: string;
  complete: string;
  after_id: string | null;
  done: string;
  total: string;
  started_at: Date | null;
  finished_at: Date | null;
}

/** How far the walk has come. */
export interface WalkProgress {
  /** Segments of this revision of the trait book and older have been asked of everybody. */
  complete: number;
  /** Whether it is under way. */
  running: boolean;
  /** Profiles. */
  done: number;
  total: number;
}

/**
 * Asks everybody which segments they are in: when one is new or changed, when traits were computed anew, and every hour, as
 * people also enter and leave by doing nothing. It goes through the profiles in the order of their ids and notes how far it
 * has come with each page, so that it goes on where it was whatever is killed. Records are locked meanwhile, so that who acts
 * at the same time is judged once.
 */
@Injectable()
export class SegmentWalk implements OnModuleInit {
  /** Revision of the trait book without segments for which the members of former ones were forgotten. */
  private tidied = -1;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(GoldenRecords) private readonly records: GoldenRecords,
    @Inject(TraitBooks) private readonly books: TraitBooks,
    @Inject(SegmentMembers) private readonly members: SegmentMembers,
    @Inject(TraitReplay) private readonly replay: TraitReplay,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(LOOK, 'asking who is in which segment', () => this.walk());
  }

  async progress(): Promise<WalkProgress> {
    const row = await this.row(this.database);
    return {
      complete: Number(row.complete),
      running: row.started_at !== null && row.finished_at === null,
      done: Number(row.done),
      total: Number(row.total),
    };
  }

  private async walk(): Promise<void> {
    const { segments, revision } = this.books.current;
    if (segments.length > 0) {
      while (await this.page()) await new Promise(setImmediate);
    } else if (this.tidied !== revision) {
      await this.members.tidy();
      this.tidied = revision;
    }
  }

  /** One page, by one process at a time. Says whether there may be more. */
  private async page(): Promise<boolean> {
    if (!this.wanted(await this.row(this.database)) || (await this.replaying())) return false;
    return this.database.transaction(async (tx) => {
      const [row] = await tx.query<Row>('SELECT * FROM segment_walk FOR UPDATE SKIP LOCKED');
      if (!row) return false;
      // The segments may be younger than the book this process has in memory.
      await this.books.reload(tx);
      const step = this.wanted(row);
      if (step === 'begin') await this.begin(tx);
      return step !== undefined && this.next(tx, step === 'begin' ? null : row.after_id);
    });
  }

  private wanted({ revision, started_at, finished_at }: Row): 'begin' | 'go on' | undefined {
    if (started_at === null || Number(revision) < this.members.judgedBy) return 'begin';
    if (finished_at === null) return 'go on';
    return finished_at.getTime() + AGAIN <= this.clock.now() ? 'begin' : undefined;
  }

  /** Whether traits are being computed from the past: what segments ask for is not there yet. */
  private async replaying(): Promise<boolean> {
    const [latest] = await this.replay.list(1);
    return latest?.state === 'running';
  }

  private async begin(tx: Transaction): Promise<void> {
    await this.members.tidy(tx);
    await tx.query(
      `UPDATE segment_walk SET revision = $1, after_id = NULL, done = 0, started_at = $2, finished_at = NULL,
         total = (SELECT count(*) FROM profile WHERE merged_into IS NULL)`,
      [this.books.current.revision, new Date(this.clock.now())],
    );
  }

  private async next(tx: Transaction, after: string | null): Promise<boolean> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM profile WHERE merged_into IS NULL AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
      [after, PAGE],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) {
      await tx.query(
        'UPDATE segment_walk SET finished_at = $1, total = done, complete = greatest(complete, revision)',
        [new Date(this.clock.now())],
      );
      return false;
    }
    const batch = await this.records.open(tx, ids);
    const living = ids.filter((id) => !batch.isMerged(id));
    await this.members.settle(tx, batch, living);
    await tx.query('UPDATE segment_walk SET after_id = $1, done = done + $2', [ids.at(-1), ids.length]);
    return true;
  }

  private async row(reader: Pick<Transaction, 'query'>): Promise<Row> {
    const [row] = await reader.query<Row>('SELECT * FROM segment_walk', [], 'segment.walk');
    if (!row) throw new Error('the row of the walk through segments is missing');
    return row;
  }
}
