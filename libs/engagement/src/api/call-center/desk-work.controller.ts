import { Controller, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { ApiDoc, orThrow, ValidBody, ValidParams } from '@repartee/platform';
import { z } from 'zod';
import { DeskNotices } from '../../persistence/agents/desk-notices.js';
import { TaskViewers } from '../../persistence/tasks/task-viewers.js';
import { agentOf } from './agent-of.js';
import { idSchema, workerSchema } from './task-schemas.js';

const noticeSchema = z.object({ id: z.uuid(), at: z.string(), by: z.string(), words: z.string() });
const noticesSchema = z.object({ items: z.array(noticeSchema), nextCursor: z.null() });
const newNoticeSchema = z.strictObject({ words: z.string().trim().min(1).max(500) });
const tags = ['Desk'];

/** What desks tell each other. */
@Controller('v1/desk')
export class DeskWorkController {
  constructor(
    @Inject(DeskNotices) private readonly notices: DeskNotices,
    @Inject(TaskViewers) private readonly viewers: TaskViewers,
  ) {}

  @Put('tasks/:id/viewing')
  @Allow('server', { scope: 'tasks:read' })
  @ApiDoc({
    summary: 'Say that an agent looks at a task, for 30 seconds; answers who else does',
    tags,
    body: workerSchema,
    responses: { 200: z.object({ others: z.array(z.string()) }) },
  })
  async look(
    @Caller() caller: Principal,
    @ValidParams(idSchema) { id }: z.output<typeof idSchema>,
    @ValidBody(workerSchema) { agent }: z.output<typeof workerSchema>,
  ) {
    return { others: await this.viewers.look(id, orThrow(agentOf(caller, agent))) };
  }

  @Get('notices')
  @Allow('server', { scope: 'tasks:read' })
  @ApiDoc({ summary: 'What supervisors told everybody today', tags, responses: { 200: noticesSchema } })
  async latest() {
    return { items: await this.notices.latest(), nextCursor: null };
  }

  @Post('notices')
  @HttpCode(201)
  @Allow('server', { scope: 'board:write' })
  @ApiDoc({
    summary: 'Tell everybody something: it shows on every desk at once',
    tags,
    body: newNoticeSchema,
    responses: { 201: noticeSchema },
  })
  tell(@Caller() caller: Principal, @ValidBody(newNoticeSchema) { words }: z.output<typeof newNoticeSchema>) {
    return this.notices.tell(caller.person?.name ?? caller.keyId, words);
  }
}
