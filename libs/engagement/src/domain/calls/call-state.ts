/** What telephone systems report of a call. */
export const callEventTypes = ['started', 'answered', 'transferred', 'ended'] as const;
export type CallEventType = (typeof callEventTypes)[number];
export const callDirections = ['inbound', 'outbound'] as const;
export type CallDirection = (typeof callDirections)[number];

/** One report of a call. Reports may come late, twice and in any order. */
export interface CallEvent {
  /** The same id never counts twice. */
  id: string;
  event: CallEventType;
  /** Milliseconds since the epoch. */
  at: number;
  direction?: CallDirection | undefined;
  /** As the telephone system writes it; `null` where it is withheld. */
  number?: string | null | undefined;
  queue?: string | undefined;
  agent?: string | undefined;
}

/** A value and when it was said: of two the later holds, and of one moment the greater id. */
interface Said<T> {
  value: T;
  at: number;
  id: string;
}

/** What is known of a call: a join of its reports, so that their order and number do not matter. */
export interface CallState {
  startedAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  /** When the latest report says that something happened. */
  lastAt: number;
  direction: Said<CallDirection> | null;
  number: Said<string | null> | null;
  queue: Said<string> | null;
  agent: Said<string> | null;
  /** Ids of the transfers, sorted. */
  transfers: readonly string[];
}

export const NO_CALL: CallState = {
  startedAt: null,
  answeredAt: null,
  endedAt: null,
  lastAt: 0,
  direction: null,
  number: null,
  queue: null,
  agent: null,
  transfers: [],
};
const MAX_TRANSFERS = 100;

export type CallStatus = 'ringing' | 'answered' | 'ended';

/** Brings a report into what is known of a call. Order and repetition make no difference. */
export function hearOfCall(state: CallState, event: CallEvent): CallState {
  const { event: type, at, id } = event;
  return {
    startedAt: earliest(state.startedAt, type === 'started' ? at : null),
    // Who transfers a call has answered it.
    answeredAt: earliest(state.answeredAt, type === 'answered' || type === 'transferred' ? at : null),
    endedAt: type === 'ended' ? Math.max(state.endedAt ?? at, at) : state.endedAt,
    lastAt: Math.max(state.lastAt, at),
    direction: latest(state.direction, event.direction, event),
    number: latest(state.number, event.number, event),
    queue: latest(state.queue, event.queue, event),
    agent: latest(state.agent, event.agent, event),
    transfers:
      type === 'transferred' && !state.transfers.includes(id)
        ? [...state.transfers, id].sort().slice(0, MAX_TRANSFERS)
        : state.transfers,
  };
}

export function statusOf({ endedAt, answeredAt }: CallState): CallStatus {
  if (endedAt !== null) return 'ended';
  return answeredAt === null ? 'ringing' : 'answered';
}

/** A call whose end nobody reported is over after so many milliseconds of silence. */
export const FORGOTTEN_AFTER = 4 * 3_600_000;

/**
 * Until when messages to the person wait: while an answered call lasts, and `after` milliseconds more.
 * @returns milliseconds since the epoch; null for a call that nobody answered
 */
export function holdsUntil({ answeredAt, endedAt, lastAt }: CallState, after: number): number | null {
  if (answeredAt === null) return null;
  return endedAt === null ? lastAt + FORGOTTEN_AFTER : endedAt + after;
}

function earliest(held: number | null, at: number | null): number | null {
  return held === null || at === null ? (held ?? at) : Math.min(held, at);
}

function latest<T extends string | null>(
  held: Said<T> | null,
  value: T | undefined,
  { at, id }: CallEvent,
): Said<T> | null {
  if (value === undefined) return held;
  if (held === null || at > held.at) return { value, at, id };
  if (at < held.at) return held;
  const [mine, theirs] = [`${id}\0${value}`, `${held.id}\0${held.value}`];
  return mine > theirs ? { value, at, id } : held;
}
