import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { ApiDoc, Clock, orThrow, ValidBody, ValidParams } from '@repartee/platform';
import { z } from 'zod';
import { Discretion } from '../masking/discretion.js';
import { DeskAnswers } from './desk-answers.js';
import { DeskMessages } from './desk-messages.js';

const followUpSchema = z.strictObject({
  profileId: z.uuid(),
  channel: z.enum(['sms', 'email']),
  offer: z.string().min(1).max(64),
  callId: z.uuid().optional().describe('The call one is in: who is verified there is named in the preview'),
});
const previewSchema = z.object({ content: z.record(z.string(), z.unknown()) });
const sentSchema = z.object({ deliveryId: z.uuid() });
const text = z
  .string()
  .trim()
  .min(1)
  .max(1600)
  .regex(/^[^\0]*$/, 'must not hold the character U+0000');
const answerSchema = z.strictObject({
  text,
  complete: z.boolean().default(false).describe('Whether the task is done with it'),
});
const draftSchema = z.strictObject({ text });
const shownSchema = z.object({
  content: z.unknown().describe('As the person would get it'),
  estimate: z
    .looseObject({ bytes: z.number(), parts: z.number() })
    .nullable()
    .describe('Size, messages it takes (segments of a text), cost where the settings name a price'),
});
const idSchema = z.object({ id: z.uuid() });
type FollowUpBody = z.output<typeof followUpSchema>;
const tags = ['Desk'];

/** What agents write to people. */
@Controller('v1/desk')
@Allow('server', { scope: 'follow-ups:write' })
export class DeskMessagesController {
  constructor(
    @Inject(DeskMessages) private readonly messages: DeskMessages,
    @Inject(Discretion) private readonly discretion: Discretion,
    @Inject(DeskAnswers) private readonly answers: DeskAnswers,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Post('follow-ups/preview')
  @HttpCode(200)
  @ApiDoc({
    summary: 'What a follow-up about an offer would look like',
    tags,
    body: followUpSchema,
    responses: { 200: previewSchema },
  })
  async preview(@Caller() caller: Principal, @ValidBody(followUpSchema) body: FollowUpBody) {
    const known = await this.discretion.mayKnow(caller, body.profileId, body.callId);
    const content = await this.messages.preview(body, (view) =>
      known ? view : this.discretion.masked(view),
    );
    return { content: orThrow(content) };
  }

  @Post('follow-ups')
  @HttpCode(202)
  @ApiDoc({
    summary: 'Send a text or mail about an offer, after a call',
    tags,
    body: followUpSchema,
    responses: { 202: sentSchema },
  })
  async followUp(@ValidBody(followUpSchema) body: FollowUpBody) {
    return orThrow(await this.messages.followUp(body, this.clock));
  }

  @Post('tasks/:id/answer')
  @HttpCode(202)
  @ApiDoc({
    summary: 'Answer what a person wrote, on the channel they wrote on',
    description: 'To the address they wrote from. Without `complete` the task stays open.',
    tags,
    body: answerSchema,
    responses: { 202: sentSchema },
  })
  async answer(
    @Caller() caller: Principal,
    @ValidParams(idSchema) { id }: z.output<typeof idSchema>,
    @ValidBody(answerSchema) body: z.output<typeof answerSchema>,
  ) {
    return orThrow(await this.answers.answer(id, { ...body, agent: caller.person?.name ?? caller.keyId }));
  }

  @Post('tasks/:id/answer/preview')
  @HttpCode(200)
  @ApiDoc({
    summary: 'What an answer would say, and what it takes to send it',
    tags,
    body: draftSchema,
    responses: { 200: shownSchema },
  })
  async previewAnswer(
    @ValidParams(idSchema) { id }: z.output<typeof idSchema>,
    @ValidBody(draftSchema) draft: z.output<typeof draftSchema>,
  ) {
    return orThrow(await this.answers.preview(id, draft.text));
  }
}
