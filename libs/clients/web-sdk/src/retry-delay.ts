const FIRST_MS = 500;
const LONGEST_MS = 60_000;

/**
 * Milliseconds before try number `failures` + 1: doubles, with half of it at random, so that visitors who lost the
 * hub together do not come back together. What the hub asked for is the least.
 */
export function retryDelay(failures: number, random: number, retryAfter = 0): number {
  const step = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return Math.max(retryAfter, step / 2 + (step / 2) * random);
}
