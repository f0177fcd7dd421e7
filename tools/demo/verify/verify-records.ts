import { dollars } from '../purchases/cents.js';
import { type Dataset, type ExpectedRecord, userIdOf } from '../purchases/dataset.js';
import type { Progress } from '../report/progress.js';
import { type Hub, HubError, pause, type ProfileAnswer } from '../system/hub.js';
import { forEachAtOnce } from './for-each-at-once.js';
import { compare } from './compare.js';

/** What the comparison with the file found. */
export interface Verified {
  customers: number;
  right: number;
  /** Different golden records among them. */
  records: number;
  /** The first few that differ, in words. */
  differences: string[];
  seconds: number;
}

const AT_ONCE = 16;
const ASK_AGAIN_MS = 100;
/** When nothing has become right for so long, what is missing counts as missing. */
const STALL_MS = 30_000;
const SHOWN = 10;

/**
 * Compares every customer's golden record with the file. Events are processed soon after they are durable: a record
 * that holds too little is asked for again, for as long as others become right meanwhile.
 */
export async function verifyRecords(
  dataset: Dataset,
  expected: readonly ExpectedRecord[],
  { hub, progress, signal }: { hub: Hub; progress: Progress; signal: AbortSignal },
): Promise<Verified> {
  const began = performance.now();
  const ids = new Set<string>();
  const differences: string[] = [];
  let right = 0;
  let lastRight = began;
  await progress.follow('Golden records that equal the file', expected.length, async (advance) => {
    await forEachAtOnce(expected, AT_ONCE, async (record) => {
      for (;;) {
        const found = await lookUp(hub, userIdOf(dataset, record.customer));
        const verdict = compare(record, found?.computed);
        if (verdict === 'right' && found) {
          ids.add(found.id);
          right += 1;
          lastRight = performance.now();
          return advance(right);
        }
        if (verdict === 'wrong' || performance.now() - lastRight > STALL_MS) {
          return void differences.push(describe(record, found));
        }
        await pause(ASK_AGAIN_MS, signal);
      }
    });
  });
  return {
    customers: expected.length,
    right,
    records: ids.size,
    differences: differences.slice(0, SHOWN),
    seconds: (performance.now() - began) / 1000,
  };
}

/** Identifiers go in the body: they stay out of URLs and logs. */
async function lookUp(hub: Hub, userId: string): Promise<ProfileAnswer | undefined> {
  try {
    return await hub.post<ProfileAnswer>('/v1/profiles/lookup', { identifiers: { userId } });
  } catch (error) {
    if (error instanceof HubError && error.status === 404) return undefined;
    throw error;
  }
}

function describe({ customer, orders, cents }: ExpectedRecord, found: ProfileAnswer | undefined): string {
  const held = found
    ? `${found.computed.orders_count} orders, ${found.computed.orders_total}`
    : 'no golden record';
  return `customer ${customer}: ${orders} orders, ${dollars(cents)} in the file; ${held}`;
}
