import type { RetryPolicy } from './backoff.js';

/** How this process takes part in the bus. */
export interface BusSettings {
  /** CloudEvents `source` of what it publishes. */
  source: string;
  /** Handlers of one type that run at once. */
  concurrencyPerType: number;
  /** Handlers that run at once in all. A type with none running may always start one, so no type starves. */
  concurrency: number;
  /** Most messages of one type in one claim. */
  batchSize: number;
  /** A claimed message that is neither settled nor extended this long goes to another worker. */
  visibilityMs: number;
  retry: RetryPolicy;
  /** Polling while messages come, and its ceiling while none do. */
  poll: { busyMs: number; idleMs: number };
  /** How long a stopping process waits for running handlers. */
  drainMs: number;
  /** How long the inbox remembers what was handled: longer than a NATS server may be away and then repeat itself. */
  inboxMs: number;
  /** Uniform in [0, 1): the jitter of retries. */
  random: () => number;
}

export type BusOptions = Partial<Omit<BusSettings, 'retry' | 'poll'>> & {
  retry?: Partial<RetryPolicy>;
  poll?: Partial<BusSettings['poll']>;
};

export function busSettings(options: BusOptions = {}): BusSettings {
  return {
    source: '/repartee/core',
    concurrencyPerType: 8,
    concurrency: 32,
    batchSize: 100,
    visibilityMs: 30_000,
    drainMs: 10_000,
    inboxMs: 7 * 86_400_000,
    random: Math.random,
    ...options,
    retry: { maxAttempts: 10, baseMs: 1_000, capMs: 300_000, ...options.retry },
    poll: { busyMs: 5, idleMs: 500, ...options.poll },
  };
}
