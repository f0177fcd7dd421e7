import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { EventStream } from './event-stream.js';

const HEARTBEAT_EVERY = 15_000;
/** Milliseconds after which a reader has to come again, so that a revoked key or a lapsed session ends its streams too. */
const LONGEST = 15 * 60_000;
/** Streams of one process; of one key; of one visitor, whose browser needs one. */
const MOST = { process: 10_000, key: 100, visitor: 8 };
const RETRY_AFTER_S = 5;
/** Readers that are sent away together come back over so many milliseconds. */
const SPREAD = 5_000;

interface OpenStream {
  stream: EventStream;
  until: number;
}

/** Every stream of this process: how many there may be, that they live, and that they end. */
@Injectable()
export class Streams implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(Streams.name);
  private readonly open = new Set<OpenStream>();
  private readonly perCaller = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  onModuleInit(): void {
    this.timer = setInterval(() => this.beat(), HEARTBEAT_EVERY).unref();
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
    clearInterval(this.timer);
    for (const { stream } of this.open) stream.bye('stopping', this.spread());
  }

  get size(): number {
    return this.open.size;
  }

  /** Makes room for one more reader. */
  begin(caller: Principal): Result<EventStream> {
    if (this.stopped)
      return fail(failure('HTTP.UNAVAILABLE', 'This process is stopping', { retryAfter: RETRY_AFTER_S }));
    const { keyId, kind } = caller;
    const own = this.perCaller.get(keyId) ?? 0;
    if (own >= (kind === 'session' ? MOST.visitor : MOST.key) || this.open.size >= MOST.process) {
      const detail = `There are ${own} streams of this caller and ${this.open.size} of all; close one first`;
      return fail(failure('STREAM.TOO_MANY', detail, { retryAfter: RETRY_AFTER_S }));
    }
    const stream = new EventStream();
    const entry = { stream, until: performance.now() + LONGEST + this.spread() };
    this.open.add(entry);
    this.perCaller.set(keyId, own + 1);
    stream.once('close', () => this.end(entry, keyId));
    stream.on('error', (error) => this.logger.debug(`a reader is gone: ${error.message}`));
    return ok(stream);
  }

  private end(entry: OpenStream, keyId: string): void {
    this.open.delete(entry);
    const left = (this.perCaller.get(keyId) ?? 1) - 1;
    if (left > 0) this.perCaller.set(keyId, left);
    else this.perCaller.delete(keyId);
  }

  private beat(): void {
    const now = performance.now();
    for (const { stream, until } of this.open) {
      if (now > until) stream.bye('time is up', 0);
      else stream.heartbeat();
    }
  }

  private spread(): number {
    return Math.random() * SPREAD;
  }
}
