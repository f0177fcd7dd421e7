import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONFIG, Clock, type Config, Housekeeping } from '@repartee/platform';
import { mkdir } from 'node:fs/promises';
import { parseSchedule } from '../../domain/imports/schedule.js';
import { FeedFolder, FeedProblem } from './feed-folder.js';
import { type Feed, FeedStore } from './feed-store.js';
import { type ImportJob, progressOf } from './import-job.js';
import { ImportRunner } from './import-runner.js';
import { ImportStore } from './import-store.js';
import { rejectedFile } from './rejected-rows.js';
import { RefusalStore } from './refusal-store.js';
import { Spool } from './spool.js';

const LOOK = 2000;
/** When a look left files alone that may still be written, the next one comes so soon. */
const SOON = 10_000;
const MAX_FILES = 1000;
const MAX_REJECTED = 100_000;

/** What imports need of the file system and the books. */
@Injectable()
export class FeedFiles {
  constructor(
    @Inject(Spool) readonly spool: Spool,
    @Inject(ImportStore) readonly imports: ImportStore,
    @Inject(RefusalStore) readonly refusals: RefusalStore,
    @Inject(ImportRunner) readonly runner: ImportRunner,
  ) {}
}

/** Looks into watched folders when it is time, and tells of each file what became of it. */
@Injectable()
export class FeedWatcher implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'importDir'>,
    @Inject(FeedStore) private readonly feeds: FeedStore,
    @Inject(FeedFiles) private readonly files: FeedFiles,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(LOOK, 'watching import folders', () => this.lookAround());
  }

  /** When a feed is looked at next, milliseconds since the epoch. */
  nextLook(schedule: string): number {
    const parsed = parseSchedule(schedule);
    const now = this.clock.now();
    // A schedule that never comes (30 February) is looked at once a year, to be put right.
    return (parsed.ok ? parsed.value(now) : undefined) ?? now + 365 * 86_400_000;
  }

  /** Takes in the files of all feeds that are due, and settles those whose imports are over. */
  async lookAround(): Promise<void> {
    for (let feed = await this.feeds.takeDue(); feed; feed = await this.feeds.takeDue()) {
      const seen = await this.within(feed, (folder) => this.takeIn(feed as Feed, folder));
      const next = seen.value ? this.clock.now() + SOON : this.nextLook(feed.schedule);
      await this.feeds.looked(feed.key, Math.min(next, this.nextLook(feed.schedule)), seen.problem);
    }
    for (const feed of await this.feeds.list({ limit: 1000 }))
      await this.within(feed, (folder) => this.settle(folder));
  }

  private async within<T>(
    { folder }: Feed,
    work: (folder: FeedFolder) => Promise<T>,
  ): Promise<{ value?: T; problem?: string }> {
    try {
      await mkdir(this.config.importDir, { recursive: true });
      return { value: await work(await FeedFolder.open(this.config.importDir, folder)) };
    } catch (error) {
      if (error instanceof FeedProblem) return { problem: error.message };
      throw error;
    }
  }

  /** @returns whether files were left alone because they may still be written */
  private async takeIn(feed: Feed, folder: FeedFolder): Promise<boolean> {
    // The times of files are the machine's, whatever business time is.
    const { ready, unsettled } = await folder.waiting(feed.pattern, Date.now());
    let changing = unsettled;
    let problem: FeedProblem | undefined;
    for (const name of ready.slice(0, MAX_FILES)) {
      try {
        if (!(await this.take(feed, folder, name))) changing += 1;
      } catch (error) {
        // One file that cannot be read keeps no other one waiting.
        if (!(error instanceof FeedProblem)) throw error;
        problem ??= error;
      }
    }
    if (problem) throw problem;
    return changing > 0;
  }

  /** @returns false when the file changed while it was read */
  private async take(feed: Feed, folder: FeedFolder, name: string): Promise<boolean> {
    const { spool, imports, runner } = this.files;
    const file = await folder.read(name);
    if (!file) return true;
    try {
      const received = await spool.receive(file.pieces);
      if (!received.ok) throw new FeedProblem(`${name}: ${received.failure.detail}`);
      const { id, digest, bytes } = received.value;
      const known = await imports.ofDigest(feed.key, digest);
      const again = known && known.state !== 'failed' && known.state !== 'cancelled';
      if (again || bytes === 0 || !(await file.unchanged())) {
        await spool.remove(id);
        if (again) await folder.turnAway(name, id, alreadyImported(name, known));
        else if (bytes === 0) await folder.turnAway(name, id, emptyFile(name));
        return again === true || bytes === 0;
      }
      const { source, mapping } = feed;
      const format = mapping.format ?? (/\.(nd)?jsonl?(\.gz)?$/i.test(name) ? 'ndjson' : 'csv');
      await imports.create({
        ...{ id, digest, bytes, spool: spool.id, source, mapping, format },
        ...{ fileName: name.toWellFormed(), feed: feed.key, maxRefused: MAX_REJECTED },
      });
      await folder.begin(name, id);
      runner.wake();
      return true;
    } finally {
      await file.close();
    }
  }

  private async settle(folder: FeedFolder): Promise<void> {
    const { imports, refusals } = this.files;
    for (const { importId, name } of await folder.busy()) {
      const job = await imports.get(importId);
      if (job?.state === 'queued' || job?.state === 'running') continue;
      const report = job
        ? { file: name, import: progressOf(job) }
        : { file: name, reason: 'the import is not known' };
      const rejected = job &&
        job.refused > 0 && {
          format: job.format,
          rows: rejectedFile(job, refusals.all(importId), job.format),
        };
      const to = job?.state === 'done' ? 'done' : 'failed';
      await folder.end(importId, name, { to, report, ...(rejected && { rejected }) });
    }
  }
}

function alreadyImported(file: string, job: ImportJob) {
  return {
    to: 'done' as const,
    report: { file, reason: 'the same file was imported before', import: progressOf(job) },
  };
}

function emptyFile(file: string) {
  return { to: 'failed' as const, report: { file, reason: 'the file is empty' } };
}
