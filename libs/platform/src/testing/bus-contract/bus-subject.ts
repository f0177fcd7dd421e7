import type { CloudEvent } from '@repartee/contracts';
import type { Bus, BusContext, BusOptions, DeadLetters } from '../../bus/index.js';
import { Clock } from '../../clock/index.js';
import type { Database } from '../../database/index.js';

export type BusHandler = (event: CloudEvent, context: BusContext) => Promise<void>;

/** One process that consumes. */
export interface BusWorker {
  /** As on SIGTERM. */
  stop(): Promise<void>;
  /** As by `kill -9`: what it holds is neither finished nor given back. */
  kill(): Promise<void>;
}

export interface BusUnderTest {
  database: Database;
  bus: Bus;
  deadLetters: DeadLetters;
  consume(handlers: Record<string, BusHandler>): Promise<BusWorker>;
  /** Cuts every connection of the workers, as a failing network or a restart of what they are connected to does. */
  disturb(): Promise<void>;
  /** Stops all workers and removes everything. */
  close(): Promise<void>;
}

export type CreateBus = (clock: Clock, options: BusOptions) => Promise<BusUnderTest>;

/** Real time that can be moved. */
export class MovableClock extends Clock {
  private ahead = 0;

  now(): number {
    return Date.now() + this.ahead;
  }

  advance(milliseconds: number): void {
    this.ahead += milliseconds;
  }
}

/** A bus made anew for every test, and the usual things done with it. */
export class BusSubject {
  clock = new MovableClock();
  private under: BusUnderTest | undefined;

  constructor(private readonly createBus: CreateBus) {}

  async create(): Promise<void> {
    this.clock = new MovableClock();
    this.under = await this.createBus(this.clock, {
      visibilityMs: 1_000,
      retry: { maxAttempts: 3, baseMs: 20 },
      drainMs: 2_000,
    });
  }

  async close(): Promise<void> {
    await this.under?.close();
    this.under = undefined;
  }

  get bus(): Bus {
    return this.made.bus;
  }

  get database(): Database {
    return this.made.database;
  }

  get deadLetters(): DeadLetters {
    return this.made.deadLetters;
  }

  consume(handlers: Record<string, BusHandler>): Promise<BusWorker> {
    return this.made.consume(handlers);
  }

  disturb(): Promise<void> {
    return this.made.disturb();
  }

  /** Publishes one message for every item of data, in one transaction. */
  async publish(type: string, ...data: unknown[]): Promise<void> {
    const messages = data.map((item) => ({ type, data: item }));
    await this.database.transaction((tx) => this.bus.publish(tx, messages));
  }

  /** A consumer of one type that writes down what it gets. */
  async collect(type: string): Promise<CloudEvent[]> {
    const got: CloudEvent[] = [];
    await this.consume({ [type]: async (event) => void got.push(event) });
    return got;
  }

  private get made(): BusUnderTest {
    if (!this.under) throw new Error('the bus was not created');
    return this.under;
  }
}

/** Waits for a condition, and fails clearly when it does not come. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  { withinMs = 30_000, everyMs = 10 } = {},
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms: ${condition.toString()}`);
    await pause(everyMs);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Ends the connections of the bus to the database, as a failing network does; those of the handlers stay. */
export async function cutConnections(database: Database): Promise<void> {
  await database.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'repartee-bus'`,
  );
}
