import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Keys } from './keys.js';
import { TokenSigner } from './token-signer.js';

/** Twice this and a slow query stay below the five seconds in which a revocation must hold everywhere. */
const INTERVAL_MS = 2000;
/** How often uses of keys are written down, in intervals. */
const RECORD_EVERY = 15;

/** Keeps what this process knows of keys in step with the database. */
@Injectable()
export class AccessRefresh implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Access');
  private timer: NodeJS.Timeout | undefined;
  private rounds = 0;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly keys: Keys,
    private readonly signer: TokenSigner,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
    await this.keys.recordUse();
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.running = this.refresh().finally(() => {
        if (!this.stopped) this.schedule();
      });
    }, INTERVAL_MS).unref();
  }

  private async refresh(): Promise<void> {
    try {
      await Promise.all([this.keys.refresh(), this.signer.refresh()]);
      this.rounds += 1;
      if (this.rounds % RECORD_EVERY === 0) await this.keys.recordUse();
    } catch (error) {
      // The database is away: what is in memory holds until it is back, and nobody can revoke meanwhile.
      this.logger.warn(
        `Keys could not be read again: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
