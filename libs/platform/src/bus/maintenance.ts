import type { Clock } from '../clock/index.js';
import type { BusConnections } from './bus-connections.js';
import type { BusMetrics } from './bus-metrics.js';
import type { BusSettings } from './bus-settings.js';
import type { LeaseKey } from './claimed-message.js';
import { Inbox } from './inbox.js';
import type { MessageStore } from './message-store.js';
import { slotsAtRest, slotTable } from './slots.js';
import { verdictOfLapse, type Verdict } from './verdict.js';

export interface MaintenanceParts {
  store: MessageStore;
  connections: BusConnections;
  clock: Clock;
  settings: BusSettings;
  metrics: BusMetrics;
  onLapse: (message: LeaseKey & { type: string }, verdict: Verdict) => void;
  log: (text: string) => void;
  onError: (error: unknown) => void;
}

const SWEEP = { fastestMs: 50, slowestMs: 1_000, batch: 500 };
const RECLAIM_EVERY_MS = 5_000;
const OBSERVE_EVERY_MS = 5_000;
const PURGE = { everyMs: 60_000, batch: 5_000 };
/** Emptying less than this is not worth the file work. */
const RECLAIM_FROM_BYTES = 512 * 1024;
/** A truncation that waits makes every later statement on that slot wait behind it. */
const LOCK_TIMEOUT_MS = 50;
const LOCK_NOT_AVAILABLE = '55P03';

/** The housework of the queue. Every process with handlers does it; doing it twice at once is harmless. */
export class Maintenance {
  private timers: NodeJS.Timeout[] = [];
  private observeFrom = 0;
  private stopping = false;
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly parts: MaintenanceParts) {}

  start(): void {
    const { visibilityMs } = this.parts.settings;
    const sweepEvery = Math.min(SWEEP.slowestMs, Math.max(SWEEP.fastestMs, visibilityMs / 4));
    this.timers = [
      this.every(sweepEvery, () => this.sweep()),
      this.every(RECLAIM_EVERY_MS, () => this.reclaim()),
      this.every(OBSERVE_EVERY_MS, () => this.observe()),
      this.every(PURGE.everyMs, () => this.purge()),
    ];
  }

  async stop(): Promise<void> {
    this.stopping = true;
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.running);
  }

  /**
   * Messages whose lease lapsed go back into the queue, or to the dead letters. They wait for a random while like any
   * failed try: one of them may be what killed the worker, and its neighbours should not meet it again in one batch.
   */
  async sweep(): Promise<void> {
    const { store, clock, settings, onLapse, log } = this.parts;
    const lapsed = await store.lapsed(SWEEP.batch);
    if (lapsed.length === 0) return;
    log(`${lapsed.length} messages come back: their worker died or froze`);
    const now = clock.now();
    const retries = [];
    const burials = [];
    for (const key of lapsed) {
      const verdict = verdictOfLapse(key.attempts, settings.retry, now, settings.random());
      onLapse(key, verdict);
      if ('retryAt' in verdict) retries.push({ key, availableAt: verdict.retryAt });
      else burials.push({ key, ...verdict });
    }
    if (retries.length > 0) await store.retry(retries);
    if (burials.length > 0) await store.bury(burials, now);
  }

  /** Truncates the slots that are at rest and empty, so that the table never grows with what went through it. */
  async reclaim(): Promise<void> {
    for (const slot of slotsAtRest(this.parts.clock.now())) {
      try {
        await this.truncateIfEmpty(slotTable(slot));
      } catch (error) {
        if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
      }
    }
  }

  private async truncateIfEmpty(table: string): Promise<void> {
    const { connections } = this.parts;
    const [look] = await connections.query<{ due: boolean }>(
      `SELECT pg_relation_size('${table}') >= ${RECLAIM_FROM_BYTES} AND NOT EXISTS (SELECT FROM ${table}) AS due`,
    );
    if (!look?.due) return;
    await connections.transaction(async (client) => {
      await client.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
      await client.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
      // Only under the lock is the answer final.
      const { rows } = await client.query<{ empty: boolean }>(
        `SELECT NOT EXISTS (SELECT FROM ${table}) AS empty`,
      );
      if (rows[0]?.empty) await client.query(`TRUNCATE ${table}`);
    });
  }

  /** Forgets messages that were handled so long ago that they do not come again. */
  async purge(): Promise<void> {
    const { connections, clock, settings } = this.parts;
    const inbox = new Inbox(connections);
    const before = clock.now() - settings.inboxMs;
    while (!this.stopping && (await inbox.purge(before, PURGE.batch)) === PURGE.batch);
  }

  /** Counting a long queue takes its time; it never gets more than a fiftieth of all. */
  private async observe(): Promise<void> {
    const started = performance.now();
    if (started < this.observeFrom) return;
    const { store, clock, metrics } = this.parts;
    const now = clock.now();
    metrics.observe(await store.depths(now), now);
    this.observeFrom = started + 50 * (performance.now() - started);
  }

  private every(milliseconds: number, work: () => Promise<void>): NodeJS.Timeout {
    let running: Promise<void> | undefined;
    return setInterval(() => {
      if (running) return;
      const run = work()
        .catch(this.parts.onError)
        .finally(() => {
          running = undefined;
          this.running.delete(run);
        });
      running = run;
      this.running.add(run);
    }, milliseconds);
  }
}
