/** One thing that somebody said of a trait. A value of null takes back what was said before. */
export interface Statement {
  value: unknown;
  /** Event time, milliseconds since the epoch. */
  at: number;
  eventId: string;
  source: string;
  verified: boolean;
}

/** What is kept of one voice: its latest statement and, where the rule counts, how often it said so. */
export interface Candidate extends Statement {
  /** Absent where the rule does not count. */
  count?: number;
}

/** Later wins; the id breaks ties, so that every order of arrival ends the same. */
export function later(a: { at: number; eventId: string }, b: { at: number; eventId: string }): boolean {
  return a.at !== b.at ? a.at > b.at : a.eventId > b.eventId;
}

/** Newest first. */
export function byRecency(a: { at: number; eventId: string }, b: { at: number; eventId: string }): number {
  return b.at - a.at || (a.eventId > b.eventId ? -1 : a.eventId < b.eventId ? 1 : 0);
}
