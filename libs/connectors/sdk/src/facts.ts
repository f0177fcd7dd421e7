import type { ResponseType, TrackingEvent } from '@repartee/contracts';

/** A request of a provider, byte for byte, so that signatures can be checked. */
export interface RawRequest {
  readonly method: string;
  /** Public URL that was called, with its query. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Something a provider told us. Facts are stored before the provider gets its reply. */
export type Fact =
  | { kind: 'receipt'; providerId: string; status: 'delivered' | 'failed'; at?: string; detail?: string }
  | { kind: 'response'; token: string; type: ResponseType; at?: string }
  | { kind: 'event'; event: TrackingEvent }
  | { kind: 'opt-out'; address: string; at?: string };

export interface ReceivedFacts {
  reply: { status: number; headers?: Record<string, string>; body?: string };
  facts: Fact[];
}

export interface PolledFacts {
  /** Where to go on next time. */
  cursor: string;
  facts: Fact[];
}

/** The person a `forget` is about. */
export interface Subject {
  subjectId: string;
  addresses: string[];
}
