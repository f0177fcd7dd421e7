import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';

/** Work that is done now and then, in the background of every process. Each job never runs beside itself. */
@Injectable()
export class Housekeeping implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Housekeeping.name);
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private stopped = false;

  /**
   * Runs `work` again and again, `every` milliseconds after it ended. A failure is logged, and it is tried again.
   * The work must be safe to do in several processes at once.
   */
  every(every: number, name: string, work: () => Promise<void>): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      const run = this.run(name, work).finally(() => {
        this.running.delete(run);
        this.every(every, name, work);
      });
      this.running.add(run);
    }, every);
    timer.unref();
    this.timers.add(timer);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.all(this.running);
  }

  private async run(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.warn(
        `${name} failed and will be tried again: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
