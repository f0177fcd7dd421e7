import { cloudEventSchema, type CloudEvent } from '@repartee/contracts';
import { v5 } from 'uuid';
import { z } from 'zod';
import type { ClaimedMessage } from '../claimed-message.js';
import { MESSAGE_HEADER, STREAM } from './subjects.js';

/** What comes from the stream, as the client library hands it over. */
export interface Delivered {
  subject: string;
  data: Uint8Array;
  /** The subject to acknowledge on. */
  reply: string;
  headers?: { get(name: string): string };
}

/** A message in this worker's hands, and how often the server delivered it. */
export interface Arrival {
  message: ClaimedMessage;
  deliveries: number;
  /** Why no handler can have it. */
  unreadable?: string;
}

/** What others publish may be as large as what an HTTP request may be. */
const MOST_BYTES = 1_048_576;
/** As much of an unreadable message as a person needs to see what it was. */
const MOST_SHOWN = 4_096;
const OURS = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}) (\d{1,4})$/;
/** Names what has no id that is ours: made once, at random. */
const NAMESPACE = 'c0f4f1a4-6f0f-4a5e-9d0c-1f3a0d5f7c2e';

/** Other publishers may leave out what has an obvious value. */
const foreignSchema = cloudEventSchema.extend({
  time: z.iso.datetime({ offset: true }).optional(),
  datacontenttype: z
    .string()
    .regex(/^application\/([\w.+-]+\+)?json\b/)
    .optional(),
});

/** Reads what was delivered for a type. What cannot be read becomes a message too, with the reason. */
export function readArrival(delivered: Delivered, type: string, now: number): Arrival {
  const { deliveries, sequence } = deliveryOf(delivered.reply);
  const header = delivered.headers?.get(MESSAGE_HEADER) ?? '';
  const arrival = (id: string, earlier: number, event: CloudEvent): Arrival => ({
    message: { slot: 0, id, lease: delivered.reply, type, event, attempt: earlier + deliveries },
    deliveries,
  });
  const [, ours = '', earlier] = OURS.exec(header) ?? [];
  const own = ours === '' ? undefined : readOwn(delivered.data, ours);
  if (own) return arrival(ours, Number(earlier), own);
  const read = readForeign(delivered.data, type, now);
  if (typeof read !== 'string') return arrival(idOf(read), 0, read);
  const id = v5(`${STREAM} ${sequence}`, NAMESPACE);
  const shown = textOf(delivered.data.subarray(0, MOST_SHOWN));
  const standIn = toEvent({ id, source: `nats:${delivered.subject}`, type, data: { text: shown } }, now);
  return { ...arrival(id, 0, standIn), unreadable: read };
}

/** What the relay sent needs no check; that it says so is no proof. */
function readOwn(data: Uint8Array, id: string): CloudEvent | undefined {
  try {
    const event = JSON.parse(textOf(data)) as CloudEvent | null;
    return event && (event.id === id || idOf(event) === id) ? event : undefined;
  } catch {
    return undefined;
  }
}

/** The message's id for an event of somebody else: source and id together name it. */
function idOf(event: Pick<CloudEvent, 'source' | 'id'>): string {
  return v5(`${event.source} ${event.id}`, NAMESPACE);
}

function readForeign(data: Uint8Array, type: string, now: number): CloudEvent | string {
  if (data.length > MOST_BYTES) return `it has ${data.length} bytes, and ${MOST_BYTES} are allowed`;
  let value: unknown;
  try {
    value = JSON.parse(textOf(data));
  } catch {
    return 'it is not JSON';
  }
  const event = foreignSchema.safeParse(value);
  if (!event.success) {
    const [issue] = event.error.issues;
    return `it is not a CloudEvent in structured JSON: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`;
  }
  if (event.data.type !== type) return `its type is not ${type}, as its subject says`;
  return toEvent(event.data, now);
}

function toEvent(
  event: z.infer<typeof foreignSchema> | Omit<CloudEvent, 'specversion' | 'time' | 'datacontenttype'>,
  now: number,
): CloudEvent {
  return {
    ...event,
    specversion: '1.0',
    time: 'time' in event && event.time !== undefined ? event.time : new Date(now).toISOString(),
    datacontenttype: 'application/json',
    data: event.data ?? null,
  };
}

/**
 * The subject of an acknowledgement says which delivery it is of:
 * `$JS.ACK.<stream>.<consumer>.<deliveries>.<sequence>.…`, newer servers with domain and account before the stream.
 * Source: nats-architecture-and-design, ADR-15.
 */
function deliveryOf(reply: string): { deliveries: number; sequence: string } {
  const tokens = reply.split('.');
  const at = tokens.length > 9 ? 6 : 4;
  return { deliveries: Number(tokens[at]), sequence: tokens[at + 1] ?? '' };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}
