import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { fail, failure } from '@repartee/contracts';
import { type CallRecord, CallStore, TaskStore } from '@repartee/engagement';
import { ApiDoc, orThrow, ValidBody, ValidParams, ValidQuery } from '@repartee/platform';
import { z } from 'zod';
import { journeySchema, popSchema } from './desk-schemas.js';
import { IdentityReasons, reasonsSchema } from './identity-reasons.js';
import { ScreenPop } from './screen-pop.js';
import { WrongPerson } from './wrong-person.js';

const idSchema = z.object({ id: z.uuid() });
const pageSchema = z.object({
  q: z.string().min(1).max(200).optional().describe('Words in notes and messages'),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(40),
});
const wrongSchema = z.strictObject({
  note: z.string().max(2000).optional(),
  profileId: z.uuid().optional().describe('Who it is instead, where that is known'),
});
const wrongAnswerSchema = z.object({ taskId: z.uuid().describe('The review that looks into it') });
type Id = z.output<typeof idSchema>;
const tags = ['Desk'];

/** What agents see of people: personal data stays hidden until the person on the phone is verified. */
@Controller('v1/desk')
export class DeskController {
  constructor(
    @Inject(ScreenPop) private readonly pop: ScreenPop,
    @Inject(WrongPerson) private readonly wrong: WrongPerson,
    @Inject(CallStore) private readonly calls: CallStore,
    @Inject(TaskStore) private readonly tasks: TaskStore,
    @Inject(IdentityReasons) private readonly reasons: IdentityReasons,
  ) {}

  @Get('calls/:id')
  @Allow('server', { scope: 'calls:read' })
  @ApiDoc({
    summary: 'Who calls, what they did and saw, what was said: all that a screen pop shows',
    description:
      'What says who somebody is, and what they wrote, is masked until the caller is verified. Where a number is shared, nobody is assumed and `candidates` are named.',
    tags,
    responses: { 200: popSchema },
  })
  async call(@ValidParams(idSchema) { id }: Id) {
    return this.pop.ofCall(await this.callOf(id));
  }

  @Get('calls/:id/journey')
  @Allow('server', { scope: 'calls:read' })
  @ApiDoc({ summary: 'What the caller did, page by page', tags, responses: { 200: journeySchema } })
  async journey(
    @ValidParams(idSchema) { id }: Id,
    @ValidQuery(pageSchema) { q, cursor, limit }: z.output<typeof pageSchema>,
  ) {
    const { profileId, verified } = await this.callOf(id);
    if (profileId === null) return { items: [], nextCursor: null };
    const page = { limit, ...(q !== undefined && { q }), ...(cursor !== undefined && { cursor }) };
    return this.pop.journey(profileId, page, verified === 'none');
  }

  @Get('calls/:id/identity')
  @Allow('server', { scope: 'calls:read' })
  @ApiDoc({
    summary: 'Why what the caller is known by is one person’s; only of a caller who is verified',
    tags,
    responses: { 200: reasonsSchema },
  })
  async identity(@ValidParams(idSchema) { id }: Id) {
    const { profileId, verified } = await this.callOf(id);
    if (profileId === null || verified === 'none')
      return orThrow(fail(failure('CALL.UNVERIFIED', 'Verify the caller first.')));
    return this.reasons.of(profileId);
  }

  @Get('tasks/:id')
  @Allow('server', { scope: 'tasks:read' })
  @ApiDoc({
    summary: 'Whom a task is about, and what was said',
    description: 'Masked, but for what the person wrote to us: it is there to be answered.',
    tags,
    responses: { 200: popSchema },
  })
  async task(@ValidParams(idSchema) { id }: Id) {
    const task = await this.tasks.find(id);
    if (!task) return orThrow(fail(failure('TASK.NOT_FOUND', 'No task has this id.')));
    const pop = await this.pop.of(task.profileId, true);
    const talk = task.dialogueId === null ? undefined : await this.pop.talk(task.dialogueId);
    if (!talk) return pop;
    return { ...pop, talks: [talk, ...pop.talks.filter((one) => one.id !== talk.id)] };
  }

  @Post('calls/:id/wrong-person')
  @HttpCode(200)
  @Allow('server', { scope: 'calls:write' })
  @ApiDoc({
    summary: 'Say that the caller is not whom the number hints at',
    description:
      'The call is detached from the person, the number is no longer used to reach them, and a task asks somebody to look into it.',
    tags,
    body: wrongSchema,
    responses: { 200: wrongAnswerSchema },
  })
  async detach(
    @Caller() { keyId }: Principal,
    @ValidParams(idSchema) { id }: Id,
    @ValidBody(wrongSchema) body: z.output<typeof wrongSchema>,
  ) {
    return orThrow(await this.wrong.detach(id, body, keyId));
  }

  private async callOf(id: string): Promise<CallRecord> {
    const call = await this.calls.find(id);
    return call ?? orThrow(fail(failure('CALL.NOT_FOUND', 'No call has this id.')));
  }
}
