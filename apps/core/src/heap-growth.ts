import { setFlagsFromString } from 'node:v8';

/**
 * Between two major collections the heap may grow by half of what was alive. Of itself V8 lets a heap bounded as small as
 * ours grow by less than a third, and collects all of it every second (docs/adr/0014-heap-bound.md). Not among what
 * NODE_OPTIONS may say; V8 reads it anew at each collection.
 */
export function letHeapGrow(): void {
  setFlagsFromString('--heap-growing-percent=50');
}
