import { Controller, Get, Inject, Put } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { ApiDoc, Clock, orThrow, ValidBody, ValidParams } from '@repartee/platform';
import { z } from 'zod';
import { type AgentPresence, Agents, agentStates } from '../../persistence/agents/agent-presence.js';
import { QueueStatistics } from '../../persistence/agents/queue-stats.js';
import { agentOf } from './agent-of.js';
import { agentName, queueKey, skillList } from './task-schemas.js';

const presenceSchema = z.strictObject({
  agent: agentName.optional().describe('The key itself unless told'),
  state: z.enum(agentStates),
  skills: skillList.default([]),
  queues: z.array(queueKey).max(100).default([]).describe('Queues they work on; all where none is named'),
  reason: z.string().min(1).max(63).optional().describe('Why they are away or busy: `lunch`, `wrap-up`'),
  heartbeatSeconds: z.int().min(5).max(3600).default(60).describe('Who says nothing for so long is away'),
});
const presentSchema = z.object({
  agent: z.string(),
  state: z.enum(agentStates),
  skills: z.array(z.string()),
  queues: z.array(z.string()),
  expiresAt: z.string(),
  reason: z.string().nullable(),
  since: z.string().describe('Since when they do it'),
});
const presentListSchema = z.object({ items: z.array(presentSchema), nextCursor: z.null() });

function agentDocument({ expiresAt, since, ...presence }: Required<AgentPresence>) {
  return {
    ...presence,
    expiresAt: new Date(expiresAt).toISOString(),
    since: new Date(since).toISOString(),
  };
}

const statsSchema = z.object({
  queue: z.string(),
  waiting: z.int().describe('Tasks that are due and nobody has, and calls that ring'),
  oldestSeconds: z.int().nullable(),
  claimed: z.int(),
  agentsAvailable: z.int(),
  capacity: z
    .int()
    .describe('Agents who are free beyond what waits: `context.capacity.<queue>` of decisions'),
  averageHandlingSeconds: z.int().nullable().describe('Of tasks done in the last 24 hours'),
});
const oneSchema = z.object({ key: queueKey });

/** Who is at work. */
@Controller('v1/agents')
@Allow('server')
export class AgentsController {
  constructor(
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Put('me/presence')
  @ApiDoc({
    summary: 'Say what an agent does and can do; again before the heartbeat ends',
    tags: ['Tasks'],
    body: presenceSchema,
    responses: { 200: presentSchema },
  })
  async say(
    @Caller() caller: Principal,
    @ValidBody(presenceSchema)
    { agent: named, state, skills, queues, reason, heartbeatSeconds }: z.output<typeof presenceSchema>,
  ) {
    const agent = orThrow(agentOf(caller, named));
    const expiresAt = this.clock.now() + heartbeatSeconds * 1000;
    const presence = { agent, state, skills, queues, expiresAt, reason: reason ?? null };
    const since = await this.agents.say(presence);
    return agentDocument({ ...presence, since });
  }

  @Get()
  @Allow('server', { scope: 'queues:read' })
  @ApiDoc({ summary: 'Who is at work', tags: ['Tasks'], responses: { 200: presentListSchema } })
  async all() {
    return { items: (await this.agents.all()).map(agentDocument), nextCursor: null };
  }
}

/** How queues stand. */
@Controller('v1/queues')
@Allow('server')
export class QueuesController {
  constructor(@Inject(QueueStatistics) private readonly statistics: QueueStatistics) {}

  @Get(':key/stats')
  @ApiDoc({ summary: 'How a queue stands', tags: ['Tasks'], responses: { 200: statsSchema } })
  stats(@ValidParams(oneSchema) { key }: z.output<typeof oneSchema>) {
    return this.statistics.of(key);
  }
}
