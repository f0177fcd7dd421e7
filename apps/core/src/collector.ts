import { setFlagsFromString } from 'node:v8';

/**
 * Fits V8's collector to a server that holds hundreds of requests for some milliseconds (docs/adr/0014-heap-bound.md). Not
 * among what NODE_OPTIONS may say; V8 reads it anew at each collection.
 *
 * - Between two major collections the heap may grow by half of what was alive. Of itself V8 lets a heap bounded as small as
 *   ours grow by less than a third, and collects all of it every second.
 * - Objects are born young. Where many outlive a collection, V8 begins to allocate their kind among the old ones at once;
 *   there, what is dead keeps all young it refers to alive, and one request the next.
 * - The young are collected by the main thread alone: a helper on the same core makes it wait for its turn.
 */
export function tuneCollector(): void {
  setFlagsFromString('--heap-growing-percent=50');
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString('--no-parallel-scavenge');
}
