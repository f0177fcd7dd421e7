import { bucketOf } from '@repartee/experiments/domain';
import type { CompiledControl } from '../catalogue/index.js';

/** Seeds the bucket together with the month, so that each month has another control group. */
const SEED = 'universal-control';

/**
 * The policy by which a person is in the control group of this month; null when they are not. Buckets are those of
 * experiments: `fnv32a(fnv32a(seed + id) + "") % 10000`, with the month (UTC) in the seed.
 * @param person profile or device
 */
export function controlOf(
  controls: readonly CompiledControl[],
  person: string | null,
  channel: string,
  now: number,
): string | null {
  if (controls.length === 0 || person === null) return null;
  const bucket = bucketOf(`${SEED}:${new Date(now).toISOString().slice(0, 7)}`, person);
  const found = controls.find(
    ({ share, channels }) => bucket < share && (channels === null || channels.has(channel)),
  );
  return found?.key ?? null;
}
