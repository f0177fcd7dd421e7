import { z } from 'zod';

/** The six calls of Segment's HTTP tracking API (segment.com/docs/connections/spec). */
export const eventTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type EventType = (typeof eventTypes)[number];

/** Limits of Segment's HTTP tracking API. Bytes. */
export const MAX_EVENT_BYTES = 32 * 1024;
export const MAX_BATCH_BYTES = 500 * 1024;
export const MAX_BATCH_EVENTS = 2500;

const id = z.string().min(1).max(512);
const name = z.string().min(1).max(512);
/** SDKs send null for "none"; it means absent. */
const absentIfNull = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? undefined);
const idLike = absentIfNull(
  z.union([id, z.number().transform(String), z.literal('').transform(() => undefined)]),
);
/** ISO 8601 with years 1970 to 9999, or milliseconds since the epoch. */
const instant = absentIfNull(
  z.union([z.string().max(40), z.number()]).transform((value, ctx) => {
    const at = new Date(value);
    const year = at.getUTCFullYear();
    if (Number.isNaN(at.getTime()) || year < 1900 || year > 2200) {
      ctx.addIssue({ code: 'custom', message: 'must be a date between 1900 and 2200' });
      return z.NEVER;
    }
    return at.toISOString();
  }),
);
const objectOf = absentIfNull(z.record(z.string(), z.unknown()));

export const eventSchema = z
  .object({
    type: z.enum(eventTypes),
    messageId: absentIfNull(z.string().min(1).max(200)),
    anonymousId: idLike,
    userId: idLike,
    previousId: idLike,
    groupId: idLike,
    event: absentIfNull(name),
    name: absentIfNull(z.string().max(512)),
    category: absentIfNull(z.string().max(512)),
    properties: objectOf,
    traits: objectOf,
    context: objectOf,
    integrations: objectOf,
    timestamp: instant,
    originalTimestamp: instant,
    sentAt: instant,
  })
  .superRefine((event, ctx) => {
    if (!event.userId && !event.anonymousId)
      ctx.addIssue({ code: 'custom', path: ['userId'], message: 'userId or anonymousId is required' });
    if (event.type === 'track' && !event.event)
      ctx.addIssue({ code: 'custom', path: ['event'], message: 'a track call needs an event name' });
    if (event.type === 'alias' && !event.previousId)
      ctx.addIssue({ code: 'custom', path: ['previousId'], message: 'an alias call needs a previousId' });
    if (event.type === 'group' && !event.groupId)
      ctx.addIssue({ code: 'custom', path: ['groupId'], message: 'a group call needs a groupId' });
  });

/** One event as the public API takes it. */
export type TrackingEvent = z.infer<typeof eventSchema>;

export const ingestAnswerSchema = z.object({ success: z.literal(true) });
export const visibleAnswerSchema = z.object({
  success: z.literal(true),
  visible: z.boolean(),
  profileId: z.string().optional(),
  profileVersion: z.int().optional(),
});
