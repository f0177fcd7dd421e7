import { copyFileSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';

const LIMIT = 5 * 1024 * 1024;
const INTERVAL = 60_000;

/** Opens the log for appending, after making room in it. */
export function openLog(path: string): number {
  keepLogSmall(path);
  return openSync(path, 'a', 0o600);
}

/** The server appends, so that its log can be copied to `.1` and emptied under it: it never passes twice the limit. */
export function keepLogSmall(path: string, limit = LIMIT): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= limit) return;
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
}

/** Watches the log's size until the returned function is called. */
export function watchLog(path: string): () => void {
  const timer = setInterval(() => {
    try {
      keepLogSmall(path);
    } catch {
      // A full disk must not bring down what still runs; the next turn tries again.
    }
  }, INTERVAL);
  timer.unref();
  return () => clearInterval(timer);
}

/** How large the log is: what a start adds begins here. */
export function logSize(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** What the log holds from a position on. */
export function readLogFrom(path: string, position: number): string {
  try {
    return readFileSync(path).subarray(position).toString('utf8');
  } catch {
    return '';
  }
}
