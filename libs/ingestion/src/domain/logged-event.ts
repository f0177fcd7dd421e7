/** An event as the log holds it. */
export interface LoggedEvent {
  id: string;
  lane: number;
  source: string;
  messageId: string;
  /** One of Segment's six calls, or `response`. */
  type: string;
  name: string | null;
  /** Milliseconds since the epoch. */
  occurredAt: number;
  receivedAt: number;
  verified: boolean;
  traceparent: string | null;
  payload: Record<string, unknown>;
  /** It was held back for long: it counts, and starts nothing. */
  late?: true;
}
