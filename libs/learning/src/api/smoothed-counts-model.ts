import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '@repartee/platform';
import { PropensityCounts, type Observation, type StratumCounts } from '../domain/index.js';
import { EvidenceStore } from '../persistence/index.js';
import type { PropensityInput } from './propensity-model.js';

/** How long after one refresh the next begins; with the query itself other processes' updates show within 500 ms. */
const REFRESH_MS = 350;

/** Propensities from smoothed counts: the table is the truth, memory answers. */
@Injectable()
export class SmoothedCountsModel implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(SmoothedCountsModel.name);
  private counts = new PropensityCounts();
  /** What this process committed while a refresh was on its way: the refresh may have missed it. */
  private sinceRefresh: StratumCounts[] = [];
  private timer: NodeJS.Timeout | undefined;
  private refreshing: Promise<void> | undefined;
  private stopped = false;

  constructor(private readonly store: EvidenceStore) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.refreshing;
  }

  predict(input: PropensityInput): number {
    return this.counts.predict(input.offer, input.channel, input.stage, input.prior);
  }

  async learn(tx: Transaction, observations: readonly Observation[]): Promise<void> {
    const strata = await this.store.add(tx, observations);
    tx.afterCommit(() => this.remember(strata));
  }

  /** Reads the counts again; concurrent calls share one reading. */
  refresh(): Promise<void> {
    this.refreshing ??= this.reload().finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  private remember(strata: StratumCounts[]): void {
    for (const stratum of strata) this.counts.add(stratum);
    if (this.refreshing) this.sinceRefresh.push(...strata);
  }

  private async reload(): Promise<void> {
    this.sinceRefresh = [];
    const fresh = new PropensityCounts(await this.store.load());
    // The reading may or may not have seen these. Counting one twice until the next refresh is the lesser fault:
    // a person's own click must show at once.
    for (const stratum of this.sinceRefresh) fresh.add(stratum);
    this.counts = fresh;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.refreshAndSchedule(), REFRESH_MS);
    this.timer.unref();
  }

  private async refreshAndSchedule(): Promise<void> {
    try {
      await this.refresh();
    } catch (error) {
      this.logger.warn(
        `propensities could not be refreshed: ${error instanceof Error ? error.message : 'unknown'}`,
      );
    }
    this.schedule();
  }
}
