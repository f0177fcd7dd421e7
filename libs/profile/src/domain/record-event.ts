/** An event as the golden record sees it. */
export interface RecordEvent {
  id: string;
  /**
   * One of Segment's six calls, or what the product itself says: `response`, `contact`, `edit`, `consent`,
   * `note`.
   */
  type: string;
  name: string | null;
  source: string;
  verified: boolean;
  /** Milliseconds since the epoch. */
  occurredAt: number;
  payload: Record<string, unknown>;
}

/** Events that tell what was done for a person, or said about them: no doing of their own. */
export const OUR_OWN = ['edit', 'consent', 'note', 'contact'] as const;
const ourOwn: ReadonlySet<string> = new Set(OUR_OWN);

export function isOurOwn(type: string): boolean {
  return ourOwn.has(type);
}

/** The name an event is counted and looked up by: a track call's own, else its type. */
export function eventName(event: RecordEvent): string | null {
  return event.type === 'track' || event.type === 'response' ? event.name : event.type;
}

export function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
