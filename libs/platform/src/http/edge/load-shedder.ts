import { failure, type Failure } from '@repartee/contracts';
import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';

export interface LoadLimits {
  /** Requests that may be under way at once. */
  maxInFlight?: number;
  /** Mean event-loop lag over half a second, in milliseconds. */
  maxLagMs?: number;
}

const WINDOW_MS = 500;
const RESOLUTION_MS = 10;
const RETRY_AFTER_S = 1;

/**
 * Refuses work early while too much is under way, so that what was accepted is finished in time.
 * The decision is two comparisons; the lag is measured beside.
 */
export class LoadShedder {
  private readonly maxInFlight: number;
  private readonly maxLagMs: number;
  private lagMs = 0;
  private underWay = 0;
  private draining = false;
  private measuring?: { histogram: IntervalHistogram; timer: NodeJS.Timeout };

  constructor(limits: LoadLimits = {}) {
    this.maxInFlight = limits.maxInFlight ?? 4000;
    this.maxLagMs = limits.maxLagMs ?? 1000;
  }

  get inFlight(): number {
    return this.underWay;
  }

  /** Mean event-loop lag of the last window, in milliseconds. */
  get lag(): number {
    return this.lagMs;
  }

  enter(): void {
    this.underWay += 1;
  }

  leave(): void {
    this.underWay -= 1;
  }

  /** Why a request that has entered cannot be served now; undefined when it can. */
  refusal(path: string): Failure | undefined {
    if (this.draining)
      return failure('HTTP.UNAVAILABLE', 'This process is stopping', { retryAfter: RETRY_AFTER_S });
    if (this.underWay <= this.maxInFlight && this.lagMs <= this.maxLagMs) return undefined;
    if (path.startsWith('/health/') || path === '/metrics') return undefined;
    return failure('HTTP.OVERLOADED', 'More is going on than can be served in time', {
      retryAfter: RETRY_AFTER_S,
    });
  }

  /** From now on nothing new is served: what is under way is finished. */
  drain(): void {
    this.draining = true;
  }

  start(): void {
    if (this.measuring) return;
    const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    histogram.enable();
    const timer = setInterval(() => {
      // An empty window has no mean. The histogram counts its own interval in.
      this.lagMs = Math.max(0, (Number.isNaN(histogram.mean) ? 0 : histogram.mean) / 1e6 - RESOLUTION_MS);
      histogram.reset();
    }, WINDOW_MS).unref();
    this.measuring = { histogram, timer };
  }

  stop(): void {
    if (!this.measuring) return;
    clearInterval(this.measuring.timer);
    this.measuring.histogram.disable();
    this.measuring = undefined;
    this.lagMs = 0;
  }
}
