import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { fail, failure } from '@repartee/contracts';
import { ApiDoc, Clock, newId, orThrow, ValidBody, ValidParams } from '@repartee/platform';
import { z } from 'zod';
import { Dialogues } from '../persistence/dialogues.js';

/** Characters of JSON that one turn may hold. */
const MAX_SAID = 32_768;
/** Milliseconds by which the clock of whoever reports may be ahead. */
const AHEAD = 60_000;

const oneSchema = z.object({ id: z.uuid() });
const newTurnSchema = z.strictObject({
  id: z.uuid().optional().describe('Of the turn; saying it twice counts once'),
  at: z.iso.datetime({ offset: true }).optional().describe('When it was said; now unless told'),
  speaker: z.enum(['us', 'person']),
  channel: z.string().min(1).max(64),
  said: z
    .record(z.string(), z.unknown())
    .refine((said) => Object.keys(said).length > 0, 'must say something')
    .refine((said) => JSON.stringify(said).length <= MAX_SAID, `at most ${MAX_SAID} characters of JSON`)
    .describe('What was said, as `{ "text": "…" }`'),
});
const turnSchema = z.object({
  id: z.string(),
  at: z.string(),
  speaker: z.string(),
  channel: z.string(),
  said: z.unknown(),
});
const dialogueSchema = z.object({
  id: z.string(),
  profileId: z.string().nullable(),
  openedAt: z.string(),
  lastTurnAt: z.string(),
  turns: z.array(turnSchema).describe('The latest 200, oldest first'),
});

const NOT_FOUND = fail(failure('DIALOGUE.NOT_FOUND', 'No conversation has this id.'));

@Controller('v1/dialogues')
export class DialoguesController {
  constructor(
    @Inject(Dialogues) private readonly dialogues: Dialogues,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get(':id/turns')
  @Allow('server', { scope: 'dialogues:read' })
  @ApiDoc({
    summary: 'What was said in a conversation',
    tags: ['Dialogues'],
    responses: { 200: dialogueSchema },
  })
  async turns(@ValidParams(oneSchema) { id }: z.infer<typeof oneSchema>) {
    const dialogue = await this.dialogues.find(id);
    return dialogue ?? orThrow(NOT_FOUND);
  }

  @Post(':id/turns')
  @HttpCode(201)
  @Allow('server', { scope: 'dialogues:write' })
  @ApiDoc({
    summary: 'Note what was said in a conversation elsewhere: at a counter, in a chat of your own',
    tags: ['Dialogues'],
    responses: { 201: turnSchema },
  })
  async say(
    @ValidParams(oneSchema) { id: dialogueId }: z.infer<typeof oneSchema>,
    @ValidBody(newTurnSchema) said: z.infer<typeof newTurnSchema>,
  ) {
    const now = this.clock.now();
    const at = said.at === undefined ? now : Date.parse(said.at);
    if (at > now + AHEAD)
      orThrow(fail(failure('DIALOGUE.IN_THE_FUTURE', 'Nothing was said yet at that time.')));
    const { id = newId(), speaker, channel } = said;
    const turn = await this.dialogues.add({ dialogueId, id, at, speaker, channel, said: said.said });
    return turn ?? orThrow(NOT_FOUND);
  }
}
