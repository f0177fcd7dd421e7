import { retryDelay } from './retry-delay.js';

/** One event of the stream, as it goes from the page or worker that reads to those that listen. */
export interface StreamEvent {
  type: string;
  id: string;
  data: Record<string, unknown>;
}

/** The part of `EventSource` that is used. */
export interface EventSourceLike {
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  onopen: unknown;
  onerror: unknown;
  close(): void;
}

export interface ReaderParts {
  /** Fetches the address of a stream: a ticket opens one. */
  address(lastId: string): Promise<string>;
  open(address: string): EventSourceLike;
  emit(event: StreamEvent): void;
  random(): number;
}

const TYPES = ['hello', 'offer', 'bye'];

/** Keeps one stream open: whatever ends it, another begins a while later behind the last event that came. */
export class StreamReader {
  private source: EventSourceLike | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private round = 0;

  constructor(
    private readonly parts: ReaderParts,
    private lastId = '',
  ) {}

  /** Opens the stream, or another in its place. */
  start(): void {
    this.stop();
    void this.connect(this.round);
  }

  stop(): void {
    this.round += 1;
    clearTimeout(this.timer);
    this.source?.close();
    this.source = undefined;
  }

  private async connect(round: number): Promise<void> {
    try {
      const address = await this.parts.address(this.lastId);
      if (round !== this.round) return;
      const source = this.parts.open(address);
      this.source = source;
      for (const type of TYPES) source.addEventListener(type, (event) => this.take(type, event));
      // A ticket opens one stream, so the browser's own try to reconnect would be in vain.
      source.onerror = () => this.again(round);
    } catch {
      this.again(round);
    }
  }

  private take(type: string, { data, lastEventId }: MessageEvent<string>): void {
    this.failures = 0;
    if (lastEventId) this.lastId = lastEventId;
    this.parts.emit({ type, id: lastEventId, data: JSON.parse(data) as Record<string, unknown> });
  }

  private again(round: number): void {
    if (round !== this.round) return;
    this.stop();
    const next = this.round;
    this.failures += 1;
    this.timer = setTimeout(() => void this.connect(next), retryDelay(this.failures, this.parts.random()));
  }
}
