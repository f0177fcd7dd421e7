import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Housekeeping } from '@repartee/platform';
import { ExperimentResults } from './experiment-results.js';
import { Experiments } from './experiments.js';

const EVERY_MS = 60_000;

/** Stops experiments that certainly do harm. Looking often is safe: the bounds hold at all looks together. */
@Injectable()
export class GuardrailWatch implements OnModuleInit {
  private readonly logger = new Logger(GuardrailWatch.name);

  constructor(
    @Inject(Experiments) private readonly experiments: Experiments,
    @Inject(ExperimentResults) private readonly results: ExperimentResults,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(EVERY_MS, 'looking for experiments that do harm', async () => {
      await this.look();
    });
  }

  /** Safe to do in several processes at once: who comes second finds the experiment stopped. Returns what was stopped. */
  async look(): Promise<string[]> {
    const stopped: string[] = [];
    for (const { key, state, document } of this.experiments.book.experiments) {
      if (state !== 'running' || document.guardrails.length === 0) continue;
      const read = await this.results.read(key);
      if (!read.ok || !read.value.verdict.stop) continue;
      const { sentence } = read.value.verdict;
      const done = await this.experiments.stop(key, { reason: sentence });
      if (!done.ok) continue;
      this.logger.warn(`experiment ${key} was stopped: ${sentence}`);
      stopped.push(key);
    }
    return stopped;
  }
}
