import { hubFacts, isFactPattern } from '@repartee/contracts';
import { z } from 'zod';
import type { Endpoint, EndpointFields } from './endpoint-store.js';
import { PATTERN } from './event-types.js';
import type { AttemptRecord } from './message-store.js';

const MAX_OVERLAP = 30 * 86_400;
const PRINTABLE = /^\P{Control}*$/u;
const time = z.iso.datetime();

/** What is said of a webhook; `PUT` replaces all of it. */
export const fieldsSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .regex(PRINTABLE, 'must not hold control characters')
    .refine((url) => !URL.canParse(url) || new URL(url).username === '', {
      error: 'must hold no user and password',
    }),
  description: z.string().max(500).regex(PRINTABLE, 'must not hold control characters').default(''),
  types: z
    .array(
      z
        .string()
        .max(100)
        .regex(PATTERN, 'must be a type, or its beginning and .*, or *')
        .refine((pattern) => isFactPattern(pattern), { error: 'matches no type' }),
    )
    .min(1)
    .max(50)
    .describe(`What to hear of: \`*\`, \`delivery.*\`, or of ${hubFacts.join(', ')}`),
  ordered: z
    .boolean()
    .default(false)
    .describe(
      'What happens to one person is sent one after the other: a message that fails holds up the next',
    ),
  enabled: z.boolean().default(true),
}) satisfies z.ZodType<EndpointFields>;

export const webhookSchema = fieldsSchema.extend({
  id: z.uuid(),
  disabledReason: z.string().nullable(),
  failingSince: time.nullable(),
  secrets: z.array(z.object({ signsUntil: time.nullable() })).describe('More than one while they rotate'),
  version: z.int(),
  createdAt: time,
  updatedAt: time,
});
export const createdSchema = webhookSchema.extend({
  secret: z.string().describe('Of Standard Webhooks; shown this once'),
});
export const pageSchema = z.object({ items: z.array(webhookSchema), nextCursor: z.null() });

export const rotationSchema = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(MAX_OVERLAP)
    .default(86_400)
    .describe('How long secrets before it sign beside it'),
});
export const secretSchema = z.object({ secret: z.string() });

export const attemptListSchema = z.object({
  cursor: z.uuid().optional(),
  message: z.uuid().optional().describe('Of this message alone'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const attemptSchema = z.object({
  id: z.uuid(),
  messageId: z.uuid().describe('The header webhook-id'),
  type: z.string(),
  at: time,
  status: z.int().nullable().describe('Null where there was no answer'),
  latencyMs: z.int(),
  excerpt: z.string().describe('The beginning of the answer, or why there was none'),
  nextAt: time.nullable().describe('When it is tried again'),
});
export const attemptPageSchema = z.object({
  items: z.array(attemptSchema),
  nextCursor: z.uuid().nullable(),
});

export const sinceSchema = z.strictObject({
  since: z.iso.datetime({ offset: true }),
  only: z.enum(['all', 'failed']).default('all').describe('All messages, or those that were given up'),
});
export const messageSchema = z.object({ messageId: z.uuid() });
export const replayedSchema = z.object({ messages: z.int() });

/** As it is shown: nothing of its keys but how many there are. */
export function webhookView(endpoint: Endpoint): z.output<typeof webhookSchema> {
  const { id, url, description, ordered, enabled, disabledReason, failingSince, version } = endpoint;
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    ...{ id, url, description, types: [...endpoint.types], ordered, enabled, disabledReason, version },
    failingSince: iso(failingSince),
    secrets: endpoint.keys.map(({ until }) => ({ signsUntil: iso(until) })),
    createdAt: endpoint.createdAt.toISOString(),
    updatedAt: endpoint.updatedAt.toISOString(),
  };
}

export function attemptView({ at, nextAt, ...attempt }: AttemptRecord): z.output<typeof attemptSchema> {
  return { ...attempt, at: at.toISOString(), nextAt: nextAt?.toISOString() ?? null };
}
