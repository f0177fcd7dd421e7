import type { LoggerService } from '@nestjs/common';

const SAY_AGAIN_AFTER_MS = 10_000;

/** Logs what goes wrong with the database: once, not five times a second for as long as it is away. */
export class FailureLog {
  private last = '';
  private saidAt = 0;

  constructor(private readonly logger: LoggerService) {}

  readonly add = (error: unknown): void => {
    const text = error instanceof Error ? error.message : String(error);
    const now = performance.now();
    if (text === this.last && now - this.saidAt < SAY_AGAIN_AFTER_MS) return;
    this.last = text;
    this.saidAt = now;
    this.logger.warn(`bus: ${text}`);
  };
}
