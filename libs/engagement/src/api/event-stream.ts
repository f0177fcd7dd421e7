import { Readable } from 'node:stream';
import { formatEvent, HEARTBEAT, type ServerSentEvent } from '../domain/index.js';

/** Bytes that may wait for one reader. Who is further behind is sent away and comes back with `Last-Event-ID`. */
export const BACKLOG_BYTES = 256 * 1024;
/** Milliseconds in which a reader who is sent away may take what waits, before the connection is cut. */
const LAST_CHANCE = 5_000;

/** The answer to one reader: a body that goes on. */
export class EventStream extends Readable {
  private over = false;

  constructor() {
    super({ highWaterMark: BACKLOG_BYTES });
  }

  override _read(): void {
    // What is pushed waits until it is taken; there is nothing to fetch.
  }

  /** @returns false when the reader was too slow, and is gone now */
  send(event: ServerSentEvent): boolean {
    if (this.over || this.destroyed) return false;
    this.push(formatEvent(event));
    if (this.readableLength <= BACKLOG_BYTES) return true;
    this.bye('too slow', 1000);
    return false;
  }

  heartbeat(): void {
    if (!this.over && !this.destroyed && this.readableLength === 0) this.push(HEARTBEAT);
  }

  /** Ends the stream. @param retry milliseconds after which the reader may come again */
  bye(reason: string, retry: number): void {
    if (this.over || this.destroyed) return;
    this.over = true;
    this.push(formatEvent({ event: 'bye', data: { reason }, retry }));
    this.push(null);
    setTimeout(() => this.destroy(), LAST_CHANCE).unref();
  }
}
