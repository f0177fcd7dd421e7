import { eventSchema, type EventType, eventTypes, type TrackingEvent } from './events.js';
import { isPlainObject, isText } from './plain-values.js';
import type { z } from 'zod';

const TYPES: ReadonlySet<unknown> = new Set(eventTypes);
const IDS = ['userId', 'anonymousId', 'previousId', 'groupId'] as const;
const TEXTS = ['messageId', 'event', 'name', 'category'] as const;
const OBJECTS = ['properties', 'traits', 'context', 'integrations'] as const;
const INSTANTS = ['timestamp', 'originalTimestamp', 'sentAt'] as const;
/** The shortest of the schema's bounds: what is longer is not refused here, but looked at more closely. */
const SHORT = 200;
/** What SDKs write: a full ISO 8601 instant in UTC with milliseconds, of the days that every month has. */
const PLAIN_INSTANT =
  /^(?:19[789]|20\d)\d-(?:0\d|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

type Read = { success: true; data: TrackingEvent } | { success: false; error: z.ZodError };

/**
 * Reads one event as {@link eventSchema} does, with the same outcome. Nearly all events are plain: every member of its
 * own type, short, nothing to convert. Those are recognised by hand, at a tenth of the schema's time and garbage;
 * whatever is unusual in any way is left to the schema.
 * @param type the call by its path, where the body does not say
 */
export function readEvent(body: Readonly<Record<string, unknown>>, type?: EventType): Read {
  const plain = plainEvent(body, type);
  return plain ? { success: true, data: plain } : eventSchema.safeParse({ type, ...body });
}

function plainEvent(body: Readonly<Record<string, unknown>>, byPath?: EventType): TrackingEvent | undefined {
  const type = 'type' in body ? body['type'] : byPath;
  if (!TYPES.has(type)) return undefined;
  const event: Record<string, unknown> = { type };
  for (const key of IDS) if (!copy(body, event, key, isShortText)) return undefined;
  for (const key of TEXTS) if (!copy(body, event, key, isShortText)) return undefined;
  for (const key of OBJECTS) if (!copy(body, event, key, isPlainObject)) return undefined;
  for (const key of INSTANTS) if (!copy(body, event, key, isPlainInstant)) return undefined;
  return isComplete(event) ? (event as unknown as TrackingEvent) : undefined;
}

function copy(
  from: Readonly<Record<string, unknown>>,
  to: Record<string, unknown>,
  key: string,
  isPlain: (value: unknown) => boolean,
): boolean {
  const value = from[key];
  if (value === undefined) return true;
  if (!isPlain(value)) return false;
  to[key] = value;
  return true;
}

function isShortText(value: unknown): boolean {
  return isText(value, SHORT);
}

function isPlainInstant(value: unknown): boolean {
  return typeof value === 'string' && PLAIN_INSTANT.test(value) && !value.startsWith('00', 5);
}

function isComplete({
  type,
  userId,
  anonymousId,
  event,
  previousId,
  groupId,
}: Record<string, unknown>): boolean {
  if (userId === undefined && anonymousId === undefined) return false;
  if (type === 'track') return event !== undefined;
  if (type === 'alias') return previousId !== undefined;
  return type !== 'group' || groupId !== undefined;
}
