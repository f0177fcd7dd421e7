import { Controller, Get, Inject } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { fail, failure } from '@repartee/contracts';
import { ApiDoc, orThrow, ValidParams } from '@repartee/platform';
import { z } from 'zod';
import { Dialogues } from '../persistence/dialogues.js';

const oneSchema = z.object({ id: z.uuid() });

@Controller('v1/dialogues')
export class DialoguesController {
  constructor(@Inject(Dialogues) private readonly dialogues: Dialogues) {}

  @Get(':id/turns')
  @Allow('server', { scope: 'dialogues:read' })
  @ApiDoc({ summary: 'What was said in a conversation', tags: ['Dialogues'] })
  async turns(@ValidParams(oneSchema) { id }: z.infer<typeof oneSchema>) {
    const dialogue = await this.dialogues.find(id);
    return dialogue ?? orThrow(fail(failure('DIALOGUE.NOT_FOUND', 'No conversation has this id.')));
  }
}
