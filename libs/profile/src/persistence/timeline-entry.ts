/** What kinds of things happen with a person. */
export type TimelineKind =
  'event' | 'response' | 'decision' | 'delivery' | 'segment' | 'merge' | 'split' | 'note';

export interface NewTimelineEntry {
  profileId: string;
  /** Event time, milliseconds since the epoch. */
  at: number;
  id: string;
  kind: TimelineKind;
  /** Set for events: when the log received them; their body is read from there. */
  loggedAt?: number;
  data?: object;
  /** Of the golden record, from which on it holds this. */
  version?: number;
}
