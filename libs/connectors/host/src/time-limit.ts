/** How long a call that was aborted may still take to say what it knows, in milliseconds. */
const GRACE = 1000;

export type Ended<T> = { ended: true; value: T } | { ended: false };

/**
 * Runs a call that may hang. When `limit` milliseconds are up, or `stop` aborts, the call's signal aborts; it then has
 * a moment left to answer, because only it may know how far it got.
 */
export async function withinTime<T>(
  limit: number,
  stop: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<Ended<T>> {
  const abort = new AbortController();
  const onStop = () => abort.abort(stop.reason);
  if (stop.aborted) onStop();
  else stop.addEventListener('abort', onStop, { once: true });
  const timer = setTimeout(() => abort.abort(new Error(`no answer within ${limit} ms`)), limit);
  let grace: NodeJS.Timeout | undefined;
  const tooLong = new Promise<Ended<T>>((resolve) => {
    const giveUp = () => (grace = setTimeout(() => resolve({ ended: false }), GRACE));
    if (abort.signal.aborted) giveUp();
    else abort.signal.addEventListener('abort', giveUp, { once: true });
  });
  const running = call(abort.signal).then((value): Ended<T> => ({ ended: true, value }));
  // What comes too late must not become an unhandled rejection.
  running.catch(() => undefined);
  try {
    return await Promise.race([running, tooLong]);
  } finally {
    clearTimeout(timer);
    clearTimeout(grace);
    stop.removeEventListener('abort', onStop);
  }
}

/** What a call failed of; undefined where it did not. */
export function wordsOf(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => undefined,
    (error: Error) => error.message,
  );
}
