import type { Fact, RawRequest, ReceivedFacts } from '@repartee/connector-sdk';
import { z } from 'zod';

/** What a telephone system posts: one report or a list. Unknown members are passed over. */
const reportSchema = z.object({
  callId: z.string().min(1).max(200),
  event: z.enum(['started', 'answered', 'transferred', 'ended', 'failed']),
  /** The same id never counts twice. */
  eventId: z.string().min(1).max(190).optional(),
  at: z.iso.datetime({ offset: true }).optional(),
  direction: z.enum(['inbound', 'outbound']).optional(),
  /** Of the person; null or `anonymous` where it is withheld. */
  number: z.string().max(120).nullish(),
  queue: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/)
    .optional(),
  agent: z.string().min(1).max(200).optional(),
  taskId: z.uuid().optional(),
  /** Of a call that we asked the dialler for. */
  attemptId: z.uuid().optional(),
});
const bodySchema = z.union([reportSchema, z.array(reportSchema).min(1).max(1000)]);
type Report = z.output<typeof reportSchema>;

/** Reads reports. What breaks the schema is answered with 422 and makes no fact. */
export function receiveReports({ body }: RawRequest): ReceivedFacts {
  const read = bodySchema.safeParse(jsonOf(body));
  if (!read.success)
    return { reply: { status: 422, headers: TEXT, body: z.prettifyError(read.error) }, facts: [] };
  const reports = Array.isArray(read.data) ? read.data : [read.data];
  return { reply: { status: 204 }, facts: reports.flatMap(factsOf) };
}

const TEXT = { 'content-type': 'text/plain; charset=utf-8' };

/** A call, and what it means for the attempt it was made for: whoever answers was reached. */
function factsOf({ eventId, event, at, attemptId, callId, ...rest }: Report): Fact[] {
  const id = eventId ?? `${callId}:${event}${at === undefined ? '' : `:${at}`}`;
  const said = { ...(at !== undefined && { at }) };
  const call: Fact = {
    kind: 'call',
    id,
    ...said,
    callId,
    event: event === 'failed' ? 'ended' : event,
    ...rest,
  };
  const status = event === 'answered' ? 'delivered' : event === 'failed' ? 'failed' : undefined;
  if (attemptId === undefined || status === undefined) return [call];
  return [call, { kind: 'receipt', id: `${id}:receipt`, ...said, attemptId, status }];
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
