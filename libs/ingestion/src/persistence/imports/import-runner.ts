import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { TrackingPlans } from '@repartee/governance';
import { PLAN_MODES } from '@repartee/governance/domain';
import { BackgroundLoop, Clock, Metrics } from '@repartee/platform';
import { EventLog } from '../event-log.js';
import { isDataError } from '../log-writer.js';
import type { ImportJob } from './import-job.js';
import { type Ending, ImportStore } from './import-store.js';
import { ImportLostError, PortionWriter } from './portion-writer.js';
import { ImportFailure } from './reading/import-failure.js';
import { readInThread } from './reading/import-thread.js';
import type { Portion } from './reading/portion-builder.js';
import { Spool } from './spool.js';

const POLL = 1000;
const RENEW = 1000;
/** While very much comes in, an import rests this many times as long as its last portion took, within the bound (milliseconds). */
const REST = 6;
const LONGEST_REST = 250;

/** Works on imports, one at a time in each process: reads in a thread, writes portion by portion. */
@Injectable()
export class ImportRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ImportRunner.name);
  /** A file is being taken in. */
  working = false;
  private readonly loop = new BackgroundLoop({
    round: () => this.round(),
    failed: (error) => this.logger.error(error),
    pause: POLL,
  });

  constructor(
    @Inject(ImportStore) private readonly store: ImportStore,
    @Inject(PortionWriter) private readonly writer: PortionWriter,
    @Inject(Spool) private readonly spool: Spool,
    @Inject(EventLog) private readonly log: EventLog,
    @Inject(TrackingPlans) private readonly plans: TrackingPlans,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** There may be something to do. */
  wake(): void {
    this.loop.ring();
  }

  private async round(): Promise<number> {
    const claimed = await this.store.claim(this.spool.id);
    if (!claimed) return POLL;
    await this.work(claimed.job, claimed.worker);
    return 0;
  }

  /** Imports one file to its end, unless the process stops or somebody cancels. */
  private async work(job: ImportJob, worker: string): Promise<void> {
    const lease = setInterval(() => void this.store.renew(job.id, worker).catch(() => undefined), RENEW);
    this.working = true;
    try {
      const ending = await this.copy(job, worker);
      if (ending) await this.end(job.id, worker, ending);
      else await this.store.release(job.id, worker);
    } catch (error) {
      if (error instanceof ImportLostError) return;
      const failed = failureOf(error);
      if (!failed) {
        await this.store.release(job.id, worker).catch(() => undefined);
        throw error;
      }
      const { message, line } = failed;
      await this.store.finish(job.id, worker, { state: 'failed', reason: message, ...(line && { line }) });
    } finally {
      clearInterval(lease);
      this.working = false;
    }
  }

  private async end(id: string, worker: string, ending: Ending): Promise<void> {
    const ended = await this.store.finish(id, worker, ending);
    if (ended && ending.state === 'done' && (await this.store.giveUpFile(id))) await this.spool.remove(id);
  }

  /** @returns how it ended; undefined when the process stops before */
  private async copy(job: ImportJob, worker: string): Promise<Ending | undefined> {
    const { id, source, format, mapping, maxRefused } = job;
    const plan = { importId: id, path: this.spool.path(id), source, format, mapping, from: job.place };
    let refused = job.refused;
    let before = performance.now();
    const desk = { now: () => this.clock.now(), trackingPlan: () => this.plans.planOf(source) };
    for await (const portion of readInThread(plan, desk)) {
      const started = performance.now();
      await this.writer.write({ id, worker, source }, portion, started - before);
      before = started;
      refused += portion.refused.length;
      this.count(source, portion);
      if (this.loop.stopping) return undefined;
      if (refused > maxRefused) return { state: 'failed', reason: tooMany(maxRefused) };
      await this.giveWay(performance.now() - started);
    }
    return { state: 'done' };
  }

  /** What live senders say must be durable at once; a file may take a moment longer. */
  private async giveWay(lastPortion: number): Promise<void> {
    if (!this.log.underPressure) return;
    await new Promise((resolve) => setTimeout(resolve, Math.min(lastPortion * REST, LONGEST_REST)));
  }

  private count(source: string, { accepted, refused, breaks }: Portion): void {
    const rows = this.metrics.counter('repartee_import_rows_total', 'Rows of imports read', ['result']);
    rows.inc({ result: 'accepted' }, accepted);
    rows.inc({ result: 'rejected' }, refused.length);
    for (const mode of PLAN_MODES) this.plans.count(source, mode, breaks[mode]);
  }
}

function tooMany(most: number): string {
  return `more than ${most} rows were rejected; look at them, and resume with a higher maxRejected if they may be`;
}

/** What is the file's fault and would be so again; undefined for what may pass. */
function failureOf(error: unknown): ImportFailure | undefined {
  if (error instanceof ImportFailure) return error;
  return isDataError(error)
    ? new ImportFailure(`the database cannot hold a row: ${(error as Error).message}`)
    : undefined;
}
