import { Bell } from '../bell/index.js';

export interface BackgroundWork {
  /** One round. @returns milliseconds to rest before the next, unless somebody rings; 0 where there is more to do */
  round: () => Promise<number>;
  /** Hears what went wrong in a round. The work goes on. */
  failed: (error: unknown) => void;
  /** Milliseconds to rest after that, whoever rings: what fails now would fail again at once. */
  pause: number;
}

/** Work that goes on beside everything else, round after round, from {@link start} to {@link stop}. */
export class BackgroundLoop {
  private readonly bell = new Bell();
  private readonly end = new Bell();
  private running?: Promise<void>;
  private ended = false;

  constructor(private readonly work: BackgroundWork) {}

  /** For long rounds: whether to come to an end. */
  get stopping(): boolean {
    return this.ended;
  }

  start(): void {
    this.running ??= this.run();
  }

  /** There may be something to do. */
  ring(): void {
    this.bell.ring();
  }

  /** Resolves when the round under way is over; there is none after it. */
  async stop(): Promise<void> {
    this.ended = true;
    this.bell.ring();
    this.end.ring();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.ended) {
      try {
        const rest = await this.work.round();
        if (rest > 0) await this.bell.wait(rest);
      } catch (error) {
        this.work.failed(error);
        await this.end.wait(this.work.pause);
      }
    }
  }
}
