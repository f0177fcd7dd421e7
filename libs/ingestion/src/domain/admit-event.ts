import {
  type ErrorCode,
  type EventType,
  MAX_EVENT_BYTES,
  readEvent,
  type TrackingEvent,
} from '@repartee/contracts';
import { eventTime } from './event-time.js';
import { inspect } from './inspect.js';
import { laneOf } from './lane.js';

/** What the edge knows of an event beside its body. */
export interface Envelope {
  source: string;
  /** True when the sender proved who it is: a server key. What a browser claims is unverified. */
  verified: boolean;
  /** Milliseconds since the epoch. */
  receivedAt: number;
  /** `sentAt` of the batch, when the event has none of its own. */
  sentAt?: unknown;
  /** The call by its path, where the body does not say. */
  type?: EventType;
  traceparent?: string;
}

/** An event fit for the log. */
export interface AdmittedEvent {
  id: string;
  lane: number;
  source: string;
  messageId: string;
  type: string;
  name: string | null;
  /** Milliseconds since the epoch. */
  occurredAt: number;
  verified: boolean;
  traceparent: string | null;
  /** JSON text. */
  payload: string;
}

/** Why an event was not admitted. */
export interface Rejection {
  code: ErrorCode;
  errors: { pointer: string; detail: string }[];
}

export type Admission = { admitted: AdmittedEvent; event: TrackingEvent } | { rejected: Rejection };

function refuse(errors: Rejection['errors'], code: Rejection['code'] = 'INGESTION.INVALID_EVENT'): Admission {
  return { rejected: { code, errors } };
}

/** Of one UTF-16 code unit in UTF-8. */
const MOST_BYTES = 3;

/** Longest text that may be written of a value when it is kept: SDKs measure UTF-8, and so do we. */
function tooLarge(text: string): boolean {
  if (text.length > MAX_EVENT_BYTES) return true;
  return text.length * MOST_BYTES > MAX_EVENT_BYTES && Buffer.byteLength(text) > MAX_EVENT_BYTES;
}

/** Decides whether one parsed event may enter the log, and brings it into the log's form. Pure. */
export function admitEvent(body: unknown, envelope: Envelope, id: string): Admission {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return refuse([{ pointer: '#', detail: 'must be an object' }]);
  }
  const defect = inspect(body);
  if (defect) return refuse([defect]);
  const parsed = readEvent(body as Record<string, unknown>, envelope.type);
  if (!parsed.success) {
    return refuse(
      parsed.error.issues.slice(0, 20).map((issue) => ({
        pointer: ['#', ...issue.path.map(String)].join('/'),
        detail: issue.message,
      })),
    );
  }
  const payload = JSON.stringify(parsed.data);
  if (tooLarge(payload)) {
    return refuse(
      [{ pointer: '#', detail: `is larger than ${MAX_EVENT_BYTES} bytes` }],
      'INGESTION.EVENT_TOO_LARGE',
    );
  }
  return { admitted: admitted(parsed.data, payload, envelope, id), event: parsed.data };
}

function admitted(event: TrackingEvent, payload: string, envelope: Envelope, id: string): AdmittedEvent {
  return {
    id,
    lane: laneOf(envelope.source, event.userId ?? event.anonymousId ?? ''),
    source: envelope.source,
    messageId: event.messageId ?? id,
    type: event.type,
    name: event.event ?? event.name ?? null,
    occurredAt: eventTime({
      receivedAt: envelope.receivedAt,
      sentAt: milliseconds(event.sentAt ?? envelope.sentAt),
      original: milliseconds(event.originalTimestamp ?? event.timestamp),
    }),
    verified: envelope.verified,
    traceparent: envelope.traceparent ?? null,
    payload,
  };
}

function milliseconds(value: unknown): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const at = new Date(value).getTime();
  return Number.isNaN(at) ? undefined : at;
}
