import { Controller, Get, Headers, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { fail, failure, type Result } from '@repartee/contracts';
import {
  ApiDoc,
  Clock,
  orThrow,
  tagged,
  ValidBody,
  ValidParams,
  ValidQuery,
  versionOf,
  type HeaderWriter,
} from '@repartee/platform';
import type { z } from 'zod';
import type { Task } from '../../domain/index.js';
import { TaskStore } from '../../persistence/tasks/task-store.js';
import { NewTasks } from './new-tasks.js';
import { agentOf, leads } from './agent-of.js';
import {
  completeSchema,
  cursorOf,
  idSchema,
  type NewTaskBody,
  newTaskSchema,
  readCursor,
  reassignSchema,
  snoozeSchema,
  taskDocument,
  type TaskDocument,
  taskPageSchema,
  type TaskQuery,
  taskQuerySchema,
  taskSchema,
  workerSchema,
} from './task-schemas.js';
import { Tasks, type Worker } from './tasks.js';

type Id = z.output<typeof idSchema>;
const tags = ['Tasks'];
const responses = { 200: taskSchema };

/** Work for humans: people to call back, messages to answer. `If-Match` is heeded where it is given. */
@Controller('v1/tasks')
@Allow('server')
export class TasksController {
  constructor(
    @Inject(Tasks) private readonly tasks: Tasks,
    @Inject(NewTasks) private readonly newTasks: NewTasks,
    @Inject(TaskStore) private readonly store: TaskStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiDoc({
    summary: 'Tasks, the highest priority first, then those due longest',
    tags,
    responses: { 200: taskPageSchema },
  })
  async list(@ValidQuery(taskQuerySchema) query: TaskQuery) {
    const { queue, state, kind, agent, unclaimed, profile, due, cursor, limit } = query;
    const after = cursor === undefined ? undefined : readCursor(cursor);
    if (after === null)
      orThrow(fail(failure('TASK.INVALID_CURSOR', 'Take the cursor from the answer before.')));
    const now = this.clock.now();
    const found = await this.store.list({
      queue,
      state,
      kind,
      agent: unclaimed ? '' : agent,
      profileId: profile,
      dueBefore: due ? now : undefined,
      after: after ?? undefined,
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map((task) => taskDocument(task, now)),
      nextCursor: found.length > limit && last ? cursorOf(last) : null,
    };
  }

  @Post()
  @ApiDoc({ summary: 'Make a task', tags, body: newTaskSchema, responses: { 201: taskSchema } })
  async make(
    @ValidBody(newTaskSchema) body: NewTaskBody,
    @Res({ passthrough: true }) reply: HeaderWriter & { status(code: number): unknown },
  ): Promise<TaskDocument> {
    const { task, created } = orThrow(await this.newTasks.make(body));
    void reply.status(created ? 201 : 200);
    return this.answer(reply, task);
  }

  @Get(':id')
  @ApiDoc({ summary: 'A task, with its version as ETag', tags, responses })
  async get(
    @ValidParams(idSchema) { id }: Id,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ): Promise<TaskDocument> {
    return this.answer(reply, orThrow(await this.tasks.get(id)));
  }

  @Post(':id/claim')
  @HttpCode(200)
  @ApiDoc({
    summary: 'Take a task: of many who try one gets it, for as long as the settings say',
    description:
      'By its holder once more, the claim lasts longer. A call-back can be claimed only at hours at which the person may be called (`TASK.NOT_NOW` says from when), and never for a number on the do-not-call list.',
    tags,
    body: workerSchema,
    responses,
  })
  claim(
    @Caller() caller: Principal,
    @ValidParams(idSchema) { id }: Id,
    @Headers('if-match') ifMatch: string | undefined,
    @ValidBody(workerSchema) body: z.output<typeof workerSchema>,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ) {
    return this.work(reply, this.tasks.claim(id, workerOf(caller, body, ifMatch)));
  }

  @Post(':id/release')
  @HttpCode(200)
  @ApiDoc({ summary: 'Give a claimed task back', tags, body: workerSchema, responses })
  release(
    @Caller() caller: Principal,
    @ValidParams(idSchema) { id }: Id,
    @Headers('if-match') ifMatch: string | undefined,
    @ValidBody(workerSchema) body: z.output<typeof workerSchema>,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ) {
    return this.work(reply, this.tasks.release(id, workerOf(caller, body, ifMatch)));
  }

  @Post(':id/complete')
  @HttpCode(200)
  @ApiDoc({
    summary: 'Say what came of a claimed task; `not_reached` brings it back until it was tried often enough',
    tags,
    body: completeSchema,
    responses,
  })
  complete(
    @Caller() caller: Principal,
    @ValidParams(idSchema) { id }: Id,
    @Headers('if-match') ifMatch: string | undefined,
    @ValidBody(completeSchema) body: z.output<typeof completeSchema>,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ) {
    return this.work(reply, this.tasks.complete(id, workerOf(caller, body, ifMatch), body.result));
  }

  @Post(':id/snooze')
  @HttpCode(200)
  @ApiDoc({ summary: 'Put a task off', tags, body: snoozeSchema, responses })
  snooze(
    @Caller() caller: Principal,
    @ValidParams(idSchema) { id }: Id,
    @Headers('if-match') ifMatch: string | undefined,
    @ValidBody(snoozeSchema) body: z.output<typeof snoozeSchema>,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ) {
    return this.work(reply, this.tasks.snooze(id, workerOf(caller, body, ifMatch), Date.parse(body.until)));
  }

  @Post(':id/reassign')
  @HttpCode(200)
  @ApiDoc({ summary: 'Give a task to another queue or agent', tags, body: reassignSchema, responses })
  reassign(
    @Caller() caller: Principal,
    @ValidParams(idSchema) { id }: Id,
    @Headers('if-match') ifMatch: string | undefined,
    @ValidBody(reassignSchema) body: z.output<typeof reassignSchema>,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ) {
    const to = { queue: body.queue, agent: body.to };
    return this.work(reply, this.tasks.reassign(id, workerOf(caller, body, ifMatch), to));
  }

  private async work(reply: HeaderWriter, task: Promise<Result<Task>>): Promise<TaskDocument> {
    return this.answer(reply, orThrow(await task));
  }

  private answer(reply: HeaderWriter, task: Task): TaskDocument {
    return tagged(reply, taskDocument(task, this.clock.now()));
  }
}

function workerOf(
  caller: Principal,
  { agent }: { agent?: string | undefined },
  ifMatch: string | undefined,
): Worker {
  const version = ifMatch === undefined ? undefined : orThrow(versionOf(ifMatch));
  return { agent: orThrow(agentOf(caller, agent)), admin: leads(caller), version };
}
