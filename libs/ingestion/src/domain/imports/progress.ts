/** What is known of an import under way. Times in milliseconds since the epoch. */
export interface Work {
  bytes: number;
  bytesDone: number;
  rows: number;
  /** Milliseconds that it was worked on so far. */
  worked: number;
}

/** How fast it goes, and how long it will take. */
export interface Pace {
  /** Rows a second; null before anything was read. */
  rowsPerSecond: number | null;
  /** Null where nothing can be said. */
  secondsLeft: number | null;
}

/** The pace so far, over all the time that was worked; what is left is judged by bytes, for rows are not known before. */
export function paceOf(work: Work): Pace {
  const seconds = work.worked / 1000;
  if (seconds <= 0 || work.rows === 0) return { rowsPerSecond: null, secondsLeft: null };
  const bytesPerSecond = work.bytesDone / seconds;
  const left = Math.max(0, work.bytes - work.bytesDone);
  return {
    rowsPerSecond: Math.round(work.rows / seconds),
    secondsLeft: bytesPerSecond > 0 ? Math.ceil(left / bytesPerSecond) : null,
  };
}
