import { Controller, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { fail, failure } from '@repartee/contracts';
import {
  ApiDoc,
  Clock,
  newId,
  orThrow,
  tagged,
  ValidBody,
  ValidParams,
  ValidQuery,
  type HeaderWriter,
} from '@repartee/platform';
import type { z } from 'zod';
import type { CallRecord } from '../../persistence/calls/call-record.js';
import { CallStore } from '../../persistence/calls/call-store.js';
import { agentOf } from './agent-of.js';
import {
  type CallBody,
  callBodySchema,
  type CallDocument,
  callDocument,
  callPageSchema,
  callQuerySchema,
  callSchema,
  identityBodySchema,
  type OutcomeBody,
  outcomeBodySchema,
} from './call-schemas.js';
import { ConcludeCall } from './conclude-call.js';
import { HearCall } from './hear-call.js';
import { IdentifyCaller } from './identify-caller.js';
import { idSchema } from './task-schemas.js';

type Id = z.output<typeof idSchema>;
const tags = ['Calls'];
const responses = { 200: callSchema };

/** Calls, whoever routes them. A caller's number is a hint: nothing of a profile is told here but its id. */
@Controller('v1/calls')
@Allow('server')
export class CallsController {
  constructor(
    @Inject(HearCall) private readonly hearing: HearCall,
    @Inject(IdentifyCaller) private readonly identities: IdentifyCaller,
    @Inject(ConcludeCall) private readonly conclusions: ConcludeCall,
    @Inject(CallStore) private readonly store: CallStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiDoc({
    summary: 'Report what happened with a call: started, answered, transferred, ended',
    description:
      'Reports may come late, twice and in any order. Telephone systems that cannot call this use the webhooks of the connector `call-center`.',
    tags,
    body: callBodySchema,
    responses,
  })
  async hear(
    @Caller() { source }: Principal,
    @ValidBody(callBodySchema) body: CallBody,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ): Promise<CallDocument> {
    const { callId = newId(), event, eventId, at, direction, number, queue, agent, taskId = null } = body;
    const now = this.clock.now();
    const when = at === undefined ? now : Math.min(Date.parse(at), now);
    const id = eventId ?? `${event}:${when}`;
    const report = { id, event, at: when, direction, number, queue, agent };
    const call = await this.hearing.hear({ source: `api:${source}`, externalId: callId, taskId }, report);
    return answer(reply, call);
  }

  @Get()
  @ApiDoc({
    summary: 'Calls of an agent or that ring in queues, those that changed last first',
    tags,
    responses: { 200: callPageSchema },
  })
  async list(@ValidQuery(callQuerySchema) { queue, ...query }: z.output<typeof callQuerySchema>) {
    const calls = await this.store.list({ ...query, queues: queue });
    return { items: calls.map(callDocument), nextCursor: null };
  }

  @Get(':id')
  @ApiDoc({ summary: 'A call', tags, responses })
  async get(
    @ValidParams(idSchema) { id }: Id,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ): Promise<CallDocument> {
    const call = await this.store.find(id);
    return answer(reply, call ?? orThrow(fail(failure('CALL.NOT_FOUND', 'No call has this id.'))));
  }

  @Post(':id/identity')
  @HttpCode(200)
  @ApiDoc({
    summary: 'Say who the caller is, and how surely',
    description:
      'A number proves nothing. `partial` and `full` need the method by which somebody made sure. Offers that require it show from then on.',
    tags,
    body: identityBodySchema,
    responses,
  })
  async identify(
    @Caller() { keyId }: Principal,
    @ValidParams(idSchema) { id }: Id,
    @ValidBody(identityBodySchema) body: z.output<typeof identityBodySchema>,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ): Promise<CallDocument> {
    return answer(reply, orThrow(await this.identities.identify(id, body, keyId)));
  }

  @Post(':id/outcome')
  @HttpCode(200)
  @ApiDoc({
    summary: 'Say what came of a call, by one of the codes of the settings',
    description:
      'What the code means decides what follows, in one transaction: a call-back becomes a task at an hour at which the person may be called, `do_not_call` holds from the next call on, `wrong_number` calls off what was planned for the number, and the offer of `token` is accepted, rejected or put off.',
    tags,
    body: outcomeBodySchema,
    responses,
  })
  async conclude(
    @Caller() caller: Principal,
    @ValidParams(idSchema) { id }: Id,
    @ValidBody(outcomeBodySchema) { callBackAt, agent, ...body }: OutcomeBody,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ): Promise<CallDocument> {
    const conclusion = {
      ...body,
      agent: orThrow(agentOf(caller, agent)),
      at: this.clock.now(),
      callBackAt: callBackAt === undefined ? undefined : Date.parse(callBackAt),
    };
    return answer(reply, orThrow(await this.conclusions.conclude(id, conclusion)));
  }
}

function answer(reply: HeaderWriter, call: CallRecord): CallDocument {
  return tagged(reply, callDocument(call));
}
