import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { Bell, Database, Metrics, RetryTransactionError } from '@repartee/platform';
import type { LoggedEvent } from '../domain/logged-event.js';
import type { EventEffect, EventHandler } from '../event-handler.js';
import { EventInbox } from './event-inbox.js';
import { EventLog } from './event-log.js';
import { FencedError, LaneLeases } from './lane-leases.js';
import { Quarantine } from './quarantine.js';

/** So many events are one batch, in the order in which they came. */
const BATCH = 250;
/** Where more wait, so many are read and shared out over batches side by side: one is computed while PostgreSQL works for the others. */
const MOST = 360;
const ABREAST = 3;
/** Milliseconds between looks at the queue when nobody wakes the reader: other processes append too. */
const POLL = 25;
/** The same for a process that is alone: what it appends itself wakes it. */
const POLL_ALONE = 250;
const RENEW = 500;
/** Under pressure processing rests this many times as long as its last batch took, within the bound (milliseconds). */
const REST = 8;
const LONGEST_REST = 1000;
/** An event that others kept from its turn is at no fault: it gets so many, each after so much longer (milliseconds). */
const MAX_TRIES = 10;
const CROWDED = 100;

/** Seconds, each a quarter more than the one before: 0.5 ms to 8 s. */
const BUCKETS = Array.from({ length: 44 }, (_, step) => 0.0005 * 1.25 ** step);

interface Row {
  id: string;
  received_at: Date;
  lane: number;
  source: string;
  message_id: string;
  type: string;
  name: string | null;
  occurred_at: Date;
  verified: boolean;
  traceparent: string | null;
  late: boolean;
  payload: Record<string, unknown>;
}

/** Materialised, so that the queue is walked in order and the log is only asked for what was found. */
const NEXT = `
  WITH next AS MATERIALIZED (
    SELECT id, received_at, late FROM event_pending WHERE lane = ANY($1) ORDER BY id LIMIT $2
  )
  SELECT e.*, next.late FROM next JOIN event_log e ON e.received_at = next.received_at AND e.id = next.id ORDER BY e.id`;

/**
 * Processes the log: batch by batch, each in one transaction that also takes the events off the queue.
 * A batch holds events of many lanes, in the order of each; where many wait, a few batches of different lanes go side
 * by side.
 */
@Injectable()
export class LaneReader implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(LaneReader.name);
  private handler?: EventHandler;
  private readonly listeners: ((effects: EventEffect[]) => void)[] = [];
  private running?: Promise<void>;
  private stopping = false;
  private readonly bell = new Bell();
  private renewedAt = 0;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EventLog) private readonly log: EventLog,
    @Inject(EventInbox) private readonly inbox: EventInbox,
    @Inject(LaneLeases) private readonly leases: LaneLeases,
    @Inject(Quarantine) private readonly quarantine: Quarantine,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** Says what is done with events. Once, before the application starts. */
  register(handler: EventHandler): void {
    if (this.handler) throw new Error('an event handler is registered already');
    this.handler = handler;
  }

  /** Calls `listener` with what was processed, after each commit. */
  onProcessed(listener: (effects: EventEffect[]) => void): void {
    this.listeners.push(listener);
  }

  onApplicationBootstrap(): void {
    if (!this.handler) return;
    this.log.onAppended(() => this.bell.ring());
    this.running = this.run(this.handler);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.bell.ring();
    await this.running;
    await this.leases.release();
  }

  private async run(handler: EventHandler): Promise<void> {
    while (!this.stopping) {
      try {
        await this.renewWhenDue();
        const started = performance.now();
        const [processed, moved] = await this.round(handler);
        if (this.log.underPressure) await this.giveWay(performance.now() - started);
        else if (processed < BATCH && moved === 0)
          await this.bell.wait(this.leases.alone ? POLL_ALONE : POLL);
      } catch (error) {
        if (error instanceof FencedError) this.leases.reset();
        else this.logger.error(error);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }

  /** Processes and moves on what waits: side by side, or no more than need be while senders want the machine. */
  private async round(handler: EventHandler): Promise<[processed: number, moved: number]> {
    if (!this.log.underPressure) return allOf([this.next(handler, MOST), this.inbox.move()] as const);
    const processed = await this.next(handler, BATCH);
    return [processed, processed < BATCH ? await this.inbox.move() : 0];
  }

  private async renewWhenDue(): Promise<void> {
    const now = performance.now();
    if (this.renewedAt !== 0 && now - this.renewedAt < RENEW) return;
    await this.leases.renew();
    this.renewedAt = now;
  }

  /** What is accepted must be durable at once; what it does may take a moment longer when very much comes in. */
  private giveWay(lastBatch: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, Math.min(lastBatch * REST, LONGEST_REST)));
  }

  private async next(handler: EventHandler, most: number): Promise<number> {
    if (this.leases.lanes.length === 0) return 0;
    const rows = await this.database.query<Row>(NEXT, [this.leases.lanes, most], 'event-log.next');
    await allOf(batchesOf(rows.map(toEvent)).map((events) => this.process(handler, events)));
    return rows.length;
  }

  /** Halves a batch that fails until the one event at fault is found; that one goes to quarantine with the reason. */
  private async process(handler: EventHandler, events: LoggedEvent[], tries = 1): Promise<void> {
    const started = performance.now();
    try {
      // What a crash of the database undoes is back in the queue, and is processed again.
      const effects = await this.database.transaction(
        async (tx) => {
          const done = await handler.handle(tx, events);
          await this.leases.dequeue(tx, idsOf(events));
          return done;
        },
        { durable: false },
      );
      this.measure(events.length, performance.now() - started);
      for (const listener of this.listeners) listener(effects);
    } catch (error) {
      await this.recover(handler, events, error, tries);
    }
  }

  private async recover(
    handler: EventHandler,
    events: LoggedEvent[],
    error: unknown,
    tries: number,
  ): Promise<void> {
    const [first] = events;
    if (error instanceof FencedError || isInfrastructure(error) || !first) throw error;
    if (events.length > 1) {
      const middle = events.length >> 1;
      await this.process(handler, events.slice(0, middle));
      await this.process(handler, events.slice(middle));
      return;
    }
    if (error instanceof RetryTransactionError && tries < MAX_TRIES) {
      await new Promise((resolve) => setTimeout(resolve, tries * CROWDED));
      await this.process(handler, events, tries + 1);
      return;
    }
    this.logger.error(`event ${first.id} cannot be processed and goes to quarantine: ${String(error)}`);
    this.logger.error(error);
    await this.database.transaction(async (tx) => {
      await this.quarantine.addUnprocessable(tx, first, error);
      await this.leases.dequeue(tx, [first.id]);
    });
  }

  private measure(events: number, milliseconds: number): void {
    this.metrics.counter('repartee_events_processed_total', 'Events processed').inc(events);
    this.metrics
      .histogram('repartee_event_batch_seconds', 'Time to process one batch of events', [], BUCKETS)
      .observe(milliseconds / 1000);
  }
}

/** Few events make one batch; many are shared out by lane, so that each lane keeps its order. */
function batchesOf(events: LoggedEvent[]): LoggedEvent[][] {
  if (events.length <= BATCH) return events.length > 0 ? [events] : [];
  const batches = Array.from({ length: ABREAST }, (): LoggedEvent[] => []);
  for (const event of events) batches[event.lane % ABREAST]?.push(event);
  return batches.filter((batch) => batch.length > 0);
}

/** Waits for all, also where one of them fails: what is under way must have ended before anything else begins. */
async function allOf<T extends readonly Promise<unknown>[]>(
  work: T,
): Promise<{ -readonly [At in keyof T]: Awaited<T[At]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/** SQLSTATE classes that say nothing of the data: connection, resources, operator, system; and lost sockets. */
function isInfrastructure(error: unknown): boolean {
  const code =
    (error as { driverError?: { code?: unknown }; code?: unknown }).driverError?.code ??
    (error as { code?: unknown }).code;
  if (typeof code !== 'string') return false;
  return /^(08|40|53|55|57|58|XX)/.test(code) || /^E[A-Z]+$/.test(code);
}

function idsOf(events: LoggedEvent[]): string[] {
  return events.map((event) => event.id);
}

function toEvent(row: Row): LoggedEvent {
  return {
    id: row.id,
    lane: row.lane,
    source: row.source,
    messageId: row.message_id,
    type: row.type,
    name: row.name,
    occurredAt: row.occurred_at.getTime(),
    receivedAt: row.received_at.getTime(),
    verified: row.verified,
    traceparent: row.traceparent,
    payload: row.payload,
    ...(row.late && { late: true }),
  };
}
