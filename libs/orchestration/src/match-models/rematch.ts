import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  IdentityResolver,
  MatchModels,
  MatchModelStore,
  SourceRecords,
  StreamingMatcher,
} from '@repartee/identity';
import { Database, Housekeeping, type Transaction } from '@repartee/platform';
import { GoldenRecords } from '@repartee/profile';
import { ApplyResolution } from '../process-event/apply-resolution.js';

/** Milliseconds between looks for a model that was published. */
const LOOK = 1000;
/** Records a transaction. */
const PAGE = 50;

/** What a migration to a new model needs of identity. */
@Injectable()
export class RecordComparison {
  constructor(
    @Inject(SourceRecords) readonly records: SourceRecords,
    @Inject(StreamingMatcher) readonly matcher: StreamingMatcher,
    @Inject(MatchModels) readonly models: MatchModels,
    @Inject(MatchModelStore) readonly store: MatchModelStore,
  ) {}
}

/**
 * The migration to a new model: compares every record again and lets people follow, page by page. It notes how far it
 * has come with each page, so that it goes on where it was whatever is killed.
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
    this.housekeeping.every(LOOK, 'comparing records by a new model', async () => {
      while (await this.page()) await new Promise(setImmediate);
    });
  }

  /** One page, by one process at a time. Says whether there may be more. */
  private async page(): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const { records, store, models } = this.comparison;
      const under = await store.lockRematch(tx);
      if (!under) return false;
      if (models.model.version !== under.version) await models.reload();
      const page = await records.page(tx, under.after, PAGE);
      await store.noteRematch(tx, under.version, page.at(-1)?.id ?? null);
      if (page.length > 0) await this.compare(tx, page);
      return page.length > 0;
    });
  }

  private async compare(tx: Transaction, page: Awaited<ReturnType<SourceRecords['page']>>): Promise<void> {
    const { seeds } = await this.comparison.matcher.rematch(tx, page);
    if (seeds.length === 0) return;
    const batch = await this.golden.open(tx, []);
    const resolution = await this.resolver.rework(tx, seeds, (ids) => batch.lock(ids));
    await this.resolutions.apply(tx, batch, resolution, { undoable: true });
    await this.golden.close(tx, batch);
  }
}
