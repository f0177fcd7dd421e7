import { Controller, Get, Inject, Res } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { ApiDoc, type HeaderWriter, ValidQuery } from '@repartee/platform';
import { z } from 'zod';
import { DeskBoard } from '../../persistence/agents/desk-board.js';
import { queueKey } from './task-schemas.js';

const querySchema = z.object({
  queue: queueKey.optional().describe('Of one queue alone'),
  hours: z.coerce.number().min(0.25).max(168).default(8).describe('Counted back from now'),
  answerWithin: z.coerce.number().int().min(1).max(600).default(20).describe('Seconds; of the service level'),
});
const exportSchema = querySchema.extend({
  by: z.enum(['agents', 'offers']).default('agents').describe('What a row is of'),
});
const seconds = z.number().nullable();
const figuresSchema = z.object({
  calls: z.int(),
  answered: z.int(),
  abandoned: z.int().describe('Ended before anybody answered'),
  serviceLevel: z.number().nullable().describe('Share of offered calls that were answered in time'),
  abandonment: z.number().nullable().describe('Share of offered calls'),
  speedOfAnswer: seconds.describe('Seconds until an answer, on average'),
  handling: seconds.describe('Seconds from answer to end'),
  wrapUp: seconds.describe('Seconds from end to outcome'),
});
const taken = {
  answeredOffers: z.int().describe('Offers of decisions in calls that the caller answered'),
  acceptedOffers: z.int(),
  acceptance: z.number().nullable().describe('Share of the answered'),
};
const offerSchema = z.object({ offer: z.string(), ...taken });
const agentSchema = z.object({
  agent: z.string(),
  state: z.string().nullable(),
  reason: z.string().nullable(),
  since: z.string().nullable(),
  answered: z.int(),
  handling: seconds,
  wrapUp: seconds,
  occupancy: z
    .number()
    .nullable()
    .describe('Share of the time at work that was spent with calls and after them'),
  accepted: z.int().describe('Calls that ended with an offer accepted'),
  ...taken,
});
const boardSchema = z.object({
  from: z.string(),
  to: z.string(),
  totals: figuresSchema,
  queues: z.array(
    figuresSchema.extend({
      queue: z.string(),
      waiting: z.int(),
      oldestSeconds: z.int().nullable(),
      agentsAvailable: z.int(),
    }),
  ),
  agents: z.array(agentSchema),
  offers: z.array(offerSchema).describe('How offers that agents made were taken'),
});
export type Board = z.output<typeof boardSchema>;

/** How the call centre does, for supervisors. */
@Controller('v1/desk/board')
@Allow('server', { scope: 'board:read' })
export class BoardController {
  constructor(@Inject(DeskBoard) private readonly board: DeskBoard) {}

  @Get()
  @ApiDoc({
    summary: 'Queues and agents: service level, speed of answer, handling, wrap-up, occupancy, abandonment',
    tags: ['Desk'],
    responses: { 200: boardSchema },
  })
  read(@ValidQuery(querySchema) query: z.output<typeof querySchema>): Promise<Board> {
    return this.board.read(query);
  }

  @Get('export')
  @ApiDoc({
    summary: 'The same of agents, or acceptance by offer, as CSV',
    tags: ['Desk'],
    produces: 'text/csv',
    responses: { 200: z.string() },
  })
  async export(
    @ValidQuery(exportSchema) { by, ...query }: z.output<typeof exportSchema>,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ): Promise<string> {
    const { agents, offers } = await this.board.read(query);
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="${by}.csv"`);
    return by === 'agents'
      ? csvOf(Object.keys(agentSchema.shape) as (keyof z.output<typeof agentSchema>)[], agents)
      : csvOf(Object.keys(offerSchema.shape) as (keyof z.output<typeof offerSchema>)[], offers);
  }
}

function csvOf<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string | number | null>>[],
): string {
  const lines = rows.map((row) => columns.map((one) => cell(row[one])).join(','));
  return [columns.join(','), ...lines].join('\r\n');
}

/** A spreadsheet takes what begins like a formula for one. */
function cell(value: string | number | null): string {
  const text = String(value ?? '');
  const safe = typeof value === 'string' && /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
