import { z } from 'zod';

/** What became of one try to deliver. *Unknown* is an outcome of its own: it is reconciled, never blindly retried. */
export const outcomeSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('accepted'), providerId: z.string().optional() }),
  z.object({
    status: z.literal('rejected'),
    code: z.string(),
    retryable: z.boolean(),
    /** Seconds. */
    retryAfter: z.number().optional(),
    detail: z.string().optional(),
    /** Facts (as webhooks report them): what the refusal says beyond this message. A bad one does not make it less of a refusal. */
    facts: z.array(z.unknown()).max(10).optional(),
    /** It is this recipient's affair: the provider is well, and others may go on. */
    about: z.literal('recipient').optional(),
    /** It must wait for its turn: that is no try, however often it happens. */
    wait: z.literal(true).optional(),
  }),
  z.object({ status: z.literal('unknown'), detail: z.string().optional() }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;

export const messageClasses = ['transactional', 'marketing'] as const;
export type MessageClass = (typeof messageClasses)[number];

/** Links that belong to one message. All are absolute. */
export const messageLinksSchema = z.object({
  click: z.string().optional(),
  open: z.string().optional(),
  unsubscribe: z.string().optional(),
  preferences: z.string().optional(),
});
export type MessageLinks = z.infer<typeof messageLinksSchema>;

/** Content of one treatment after its connector compiled it; opaque to everyone but that connector. */
export const compiledContentSchema = z.record(z.string(), z.unknown());
export type CompiledContent = z.infer<typeof compiledContentSchema>;

/** One outbound action, ready for a connector. */
export const actionSchema = z.object({
  deliveryId: z.string(),
  attemptId: z.string(),
  idempotencyKey: z.string(),
  channel: z.string(),
  class: z.enum(messageClasses),
  to: z.object({ address: z.string(), name: z.string().optional() }),
  content: compiledContentSchema,
  /** What the templates may speak of: `profile`, `offer`, `links`, `data`. */
  data: z.record(z.string(), z.unknown()),
  links: messageLinksSchema,
  locale: z.string().optional(),
  timeZone: z.string().optional(),
  /** ISO 8601; past it the message must not be delivered. */
  expiresAt: z.string().optional(),
  /** Who it is about: the profile's id. */
  subjectId: z.string(),
});
export type Action = z.infer<typeof actionSchema>;

/** What the ledger keeps of an action: to whom and when, not what it says. */
export const attemptedActionSchema = actionSchema.omit({ content: true, data: true });
export type AttemptedAction = z.infer<typeof attemptedActionSchema>;

/** A try that was started and whose outcome is not known. */
export const attemptSchema = z.object({
  deliveryId: z.string(),
  attemptId: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  /** ISO 8601: when a process of its own took it up, where that is known. Nothing was sent before. */
  begunAt: z.string().optional(),
  /** With what it said, as far as that can be said again: what is known of the person may have changed since. */
  action: attemptedActionSchema.extend({
    content: compiledContentSchema.optional(),
    data: z.record(z.string(), z.unknown()).optional(),
  }),
  providerId: z.string().optional(),
  /** Provider's ids of other messages to this person: none of them is this one. */
  otherIds: z.array(z.string()).optional(),
});
export type Attempt = z.infer<typeof attemptSchema>;
