import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until a question has an answer.
 * @param what what is waited for, in words; part of the failure
 * @param ask gives the answer; undefined, null and false mean "not yet", and so does a rejection
 * @param within milliseconds
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  within = 60_000,
): Promise<T> {
  const deadline = performance.now() + within;
  let trouble: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== null && answer !== false) return answer;
      trouble = undefined;
    } catch (error) {
      trouble = error;
    }
    await sleep(100);
  } while (performance.now() < deadline);
  throw new Error(`${what}: not within ${within} ms`, { cause: trouble });
}
