import { z } from 'zod';
import { callDirections, callEventTypes, verifications } from '../../domain/index.js';
import type { CallRecord } from '../../persistence/calls/call-record.js';
import { agentName, queueKey } from './task-schemas.js';

const moment = z.iso.datetime({ offset: true });

export const callBodySchema = z.strictObject({
  callId: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}]*$/u)
    .optional()
    .describe('How the telephone system names the call; the same name is the same call'),
  event: z.enum(callEventTypes).default('started'),
  eventId: z.string().min(1).max(200).optional().describe('The same report counts once'),
  at: moment.optional(),
  direction: z.enum(callDirections).optional(),
  number: z
    .string()
    .max(120)
    .nullish()
    .describe('Of the person, as the telephone system writes it; null or `anonymous` where it is withheld'),
  queue: queueKey.optional(),
  agent: agentName.optional(),
  taskId: z.uuid().optional().describe('The task that the call is made for'),
});
export type CallBody = z.output<typeof callBodySchema>;

export const identityBodySchema = z.strictObject({
  profileId: z.uuid().nullable(),
  verified: z.enum(verifications),
  method: z.string().trim().min(1).max(100).optional(),
});

export const outcomeBodySchema = z.strictObject({
  code: z.string().min(1).max(63),
  note: z.string().max(5000).optional(),
  callBackAt: moment.optional(),
  token: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe('Of the offer that was spoken about: the answer to it follows from what the code means'),
  value: z.number().optional(),
  currency: z.string().length(3).optional(),
  agent: agentName.optional(),
});
export type OutcomeBody = z.output<typeof outcomeBodySchema>;

export const callSchema = z.object({
  id: z.uuid(),
  callId: z.string(),
  source: z.string(),
  status: z.enum(['ringing', 'answered', 'ended']),
  direction: z.enum(callDirections),
  number: z.string().nullable().describe('E.164; null where it is withheld or no number'),
  queue: z.string().nullable(),
  agent: z.string().nullable(),
  transfers: z.int(),
  startedAt: z.string().nullable(),
  answeredAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  identity: z.object({
    profileId: z
      .uuid()
      .nullable()
      .describe('With `verified: none` whom the number hints at, and no more than that'),
    verified: z.enum(verifications),
    method: z.string().nullable(),
    by: z.string().nullable(),
    at: z.string().nullable(),
    candidates: z.array(z.uuid()).describe('Who may be calling, where several people have the number'),
  }),
  dialogueId: z.uuid(),
  taskId: z.uuid().nullable(),
  outcome: z.object({ code: z.string(), at: z.string() }).nullable(),
  version: z.int(),
});
export type CallDocument = z.output<typeof callSchema>;
export const callPageSchema = z.object({ items: z.array(callSchema), nextCursor: z.null() });

export const callQuerySchema = z.object({
  agent: agentName.optional().describe('Calls of this agent'),
  queue: z
    .string()
    .max(2000)
    .transform((text) => text.split(','))
    .pipe(z.array(queueKey).min(1).max(100))
    .optional()
    .describe('And what rings in these queues, with commas between, and is nobody’s yet'),
  live: z.stringbool().default(true).describe('Only what is not over; else of the last 24 hours'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export function callDocument(call: CallRecord): CallDocument {
  const { state } = call;
  return {
    id: call.id,
    callId: call.externalId,
    source: call.source,
    status: call.status,
    direction: state.direction?.value ?? 'inbound',
    number: call.number,
    queue: state.queue?.value ?? null,
    agent: state.agent?.value ?? null,
    transfers: state.transfers.length,
    startedAt: iso(state.startedAt),
    answeredAt: iso(state.answeredAt),
    endedAt: iso(state.endedAt),
    identity: {
      profileId: call.profileId,
      verified: call.verified,
      method: call.method,
      by: call.identifiedBy,
      at: iso(call.identifiedAt),
      candidates: call.candidates,
    },
    dialogueId: call.dialogueId,
    taskId: call.taskId,
    outcome: call.outcome === null ? null : { code: call.outcome, at: iso(call.outcomeAt) ?? '' },
    version: call.version,
  };
}

function iso(at: number): string;
function iso(at: number | null): string | null;
function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
