import { z } from 'zod';
import { eventSchema } from './events.js';
import { identifiersSchema } from './identifiers.js';

const key = z.string().min(1).max(200);

/** `POST /v1/decisions`: what now, for this person, in these zones of this channel? */
export const decisionRequestSchema = z.object({
  identifiers: identifiersSchema,
  channel: key,
  zones: z
    .array(z.object({ zone: key, count: z.int().min(1).max(50).default(1) }))
    .min(1)
    .max(20),
  context: z.record(z.string(), z.unknown()).default({}),
  locale: z.string().max(35).optional(),
  timeZone: z.string().max(64).optional(),
  currency: z.string().length(3).optional(),
  events: z.array(eventSchema).max(20).optional(),
  dialogueId: z.uuid().optional(),
  callId: z
    .uuid()
    .optional()
    .describe('The call it is asked in: its person, conversation and verification count'),
  prefetch: z.object({ holdFor: z.string().max(20) }).optional(),
  explain: z.boolean().optional(),
});
export type DecisionRequest = z.infer<typeof decisionRequestSchema>;

export const decidedOfferSchema = z.object({
  offer: z.string(),
  treatment: z.string(),
  content: z.record(z.string(), z.unknown()),
  reason: z.string(),
  priority: z.number(),
  /** With a limited offer: when it ends, on every channel. */
  countdown: z.object({ endsAt: z.string(), secondsLeft: z.int() }).optional(),
  /** With a bundle: the offers it holds. */
  bundle: z.array(z.string()).optional(),
  token: z.string(),
  validUntil: z.string(),
  links: z.object({ click: z.string(), impression: z.string() }),
});
export type DecidedOffer = z.infer<typeof decidedOfferSchema>;

export const decisionResponseSchema = z.object({
  decisionId: z.string(),
  profileId: z.string().nullable(),
  dialogueId: z.string(),
  zones: z.array(
    z.object({
      zone: z.string(),
      fallback: z.record(z.string(), z.unknown()).nullable(),
      offers: z.array(decidedOfferSchema),
      /** Why there are none, where it is not for want of them. */
      reason: z.string().optional(),
    }),
  ),
  explanation: z.unknown().optional(),
});
export type DecisionResponse = z.infer<typeof decisionResponseSchema>;

/** What a person may do with an offer. `ignore` is concluded by the system alone. */
export const responseTypes = [
  'impression',
  'click',
  'accept',
  'reject',
  'dismiss',
  'later',
  'not_presented',
  'convert',
] as const;
export type ResponseType = (typeof responseTypes)[number];

export const responseSchema = z.object({
  responseId: z.string().min(1).max(200),
  token: z.string().min(1).max(4096),
  type: z.enum(responseTypes),
  at: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  value: z.number().optional(),
  currency: z.string().length(3).optional(),
  reason: z.string().max(500).optional(),
  humanProbability: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('How surely a person did it, not a link scanner or a prefetch; 1 unless told'),
});
export type OfferResponse = z.infer<typeof responseSchema>;

/** `POST /v1/responses`: one or an array. */
export const responsesRequestSchema = z.union([responseSchema, z.array(responseSchema).min(1).max(1000)]);
