import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { Clock, Housekeeping, Metrics } from '@repartee/platform';
import { isSourceLate } from '../domain/index.js';
import { SourceStore } from '../persistence/source-store.js';
import { Sources } from './sources.js';

/** Milliseconds between looks. */
const LOOK = 10_000;

/** Hears when sources send, and raises an alarm when one falls silent. */
@Injectable()
export class SourceWatch implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(SourceWatch.name);
  private heard = new Map<string, number>();
  private late: ReadonlySet<string> = new Set();

  constructor(
    @Inject(Sources) private readonly sources: Sources,
    @Inject(SourceStore) private readonly store: SourceStore,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge(
      'repartee_source_late',
      'Whether a source has been silent for longer than expected',
      ['source'],
      (gauge) => {
        gauge.reset();
        for (const { key, expectedEvery } of this.sources.registered)
          if (expectedEvery !== null) gauge.set({ source: key }, this.late.has(key) ? 1 : 0);
      },
    );
    this.housekeeping.every(LOOK, 'looking for late sources', () => this.look());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.writeDown();
  }

  /** Takes note that events came, at `receivedAt` (milliseconds since the epoch). */
  note(events: readonly { source: string; receivedAt: number }[]): void {
    for (const { source, receivedAt } of events) {
      if ((this.heard.get(source) ?? 0) < receivedAt && this.sources.isRegistered(source))
        this.heard.set(source, receivedAt);
    }
  }

  /** Writes down what was heard, and warns of every source that has become late since the last look. */
  async look(): Promise<void> {
    await this.writeDown();
    const now = this.clock.now();
    const late = (await this.store.all()).filter((source) => isSourceLate(source, now));
    for (const { key, lastEventAt, expectedEvery } of late) {
      if (this.late.has(key)) continue;
      const since = lastEventAt ? `since ${lastEventAt.toISOString()}` : 'since it was registered';
      this.logger.warn(`source ${key} is late: silent ${since}, expected every ${expectedEvery} s`);
    }
    this.late = new Set(late.map(({ key }) => key));
  }

  private async writeDown(): Promise<void> {
    if (this.heard.size === 0) return;
    const heard = this.heard;
    this.heard = new Map();
    await this.store.noteEvents(heard);
  }
}
