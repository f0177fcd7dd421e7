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
    summary: 'The same of agents, as CSV',
    tags: ['Desk'],
    produces: 'text/csv',
    responses: { 200: z.string() },
  })
  async export(
    @ValidQuery(querySchema) query: z.output<typeof querySchema>,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ): Promise<string> {
    const { agents } = await this.board.read(query);
    const columns = Object.keys(agentSchema.shape) as (keyof z.output<typeof agentSchema>)[];
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', 'attachment; filename="agents.csv"');
    return [columns.join(','), ...agents.map((row) => columns.map((one) => cell(row[one])).join(','))].join(
      '\r\n',
    );
  }
}

/** A spreadsheet takes what begins like a formula for one. */
function cell(value: string | number | null): string {
  const text = String(value ?? '');
  const safe = typeof value === 'string' && /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
