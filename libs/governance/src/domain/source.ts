/** Whose data a source sends: one's own, a partner's, a broker's. */
export const PARTIES = ['first', 'second', 'third'] as const;
export type Party = (typeof PARTIES)[number];

/** What is known of a sender of events. */
export interface SourceTraits {
  /** 0 to 100: where sources disagree, the one with the higher rank is believed. */
  readonly trustRank: number;
  readonly party: Party;
}

/** What holds for a source that nobody registered. */
export const DEFAULT_SOURCE: SourceTraits = { trustRank: 50, party: 'first' };

/** When a source was last heard of, and how often it should be. */
export interface SourceRhythm {
  /** Longest silence that is normal, in seconds; null where none is too long. */
  readonly expectedEvery: number | null;
  /** Null while nothing ever came. */
  readonly lastEventAt: Date | null;
  /** Silence counts from here while nothing ever came. */
  readonly createdAt: Date;
}

/** Whether a source has been silent for longer than it should at `now` (milliseconds since the epoch). */
export function isSourceLate({ expectedEvery, lastEventAt, createdAt }: SourceRhythm, now: number): boolean {
  return expectedEvery !== null && now - (lastEventAt ?? createdAt).getTime() > expectedEvery * 1000;
}
