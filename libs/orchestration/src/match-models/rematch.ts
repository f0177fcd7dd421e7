import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  IdentityResolver,
  MatchModels,
  MatchModelStore,
  RematchBacklog,
  ReviewStore,
  type SourceRecord,
  SourceRecords,
  StreamingMatcher,
} from '@repartee/identity';
import { Database, Housekeeping, type Transaction } from '@repartee/platform';
import { GoldenRecords } from '@repartee/profile';
import { ApplyResolution } from '../process-event/apply-resolution.js';

/** Milliseconds between looks for records to compare again. */
const LOOK = 1000;
/** Records a transaction. */
const PAGE = 50;

/** What comparing records again needs of identity. */
@Injectable()
export class RecordComparison {
  constructor(
    @Inject(SourceRecords) readonly records: SourceRecords,
    @Inject(StreamingMatcher) readonly matcher: StreamingMatcher,
    @Inject(MatchModels) readonly models: MatchModels,
    @Inject(MatchModelStore) readonly store: MatchModelStore,
    @Inject(RematchBacklog) readonly backlog: RematchBacklog,
    @Inject(ReviewStore) readonly reviews: ReviewStore,
  ) {}
}

/**
 * Compares records again and lets people follow, page by page: every one after a new model was published, and those
 * on the backlog. It notes how far it has come with each page, so that it goes on where it was whatever is killed.
 */
@Injectable()
export class Rematch implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(RecordComparison) private readonly comparison: RecordComparison,
    @Inject(IdentityResolver) private readonly resolver: IdentityResolver,
    @Inject(GoldenRecords) private readonly golden: GoldenRecords,
    @Inject(ApplyResolution) private readonly resolutions: ApplyResolution,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(LOOK, 'comparing records again', async () => {
      while (await this.page()) await new Promise(setImmediate);
    });
  }

  /** One page, by one process at a time. Says whether there may be more. */
  private async page(): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const page = await this.next(tx);
      if (page.length > 0) await this.compare(tx, page);
      return page.length > 0;
    });
  }

  private async next(tx: Transaction): Promise<SourceRecord[]> {
    const { records, store, models, backlog } = this.comparison;
    const under = await store.lockRematch(tx);
    if (!under) return backlog.take(tx, PAGE);
    if (models.model.version !== under.version) await models.reload();
    const page = await records.page(tx, under.after, PAGE);
    await store.noteRematch(tx, under.version, page.at(-1)?.id ?? null);
    return page;
  }

  private async compare(tx: Transaction, page: readonly SourceRecord[]): Promise<void> {
    const { matcher, reviews } = this.comparison;
    const { seeds, suggested } = await matcher.rematch(tx, page);
    await reviews.suggest(tx, suggested);
    if (seeds.length === 0) return;
    const batch = await this.golden.open(tx, []);
    const resolution = await this.resolver.rework(tx, seeds, (ids) => batch.lock(ids));
    await this.resolutions.apply(tx, batch, resolution, { undoable: true });
    await this.golden.close(tx, batch);
  }
}
