/** How much work to hold ready, in milliseconds of a lane's own pace. */
const READY_MS = 50;
const WEIGHT = 0.2;

/** A running mean of how long handlers take, with more weight on the latest. */
export function nextMeanDuration(mean: number, latest: number): number {
  return mean + WEIGHT * (latest - mean);
}

/**
 * How many messages to claim beyond those that can start at once. Fast handlers get full batches;
 * slow ones none, so that what one process cannot start yet stays free for another.
 */
export function prefetchFor(meanDurationMs: number, concurrency: number, batchSize: number): number {
  const ready = Math.floor((concurrency * READY_MS) / Math.max(meanDurationMs, 0.01));
  return Math.min(batchSize, ready);
}
