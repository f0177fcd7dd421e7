import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { ApiDoc, orThrow, ValidBody, ValidParams, ValidQuery } from '@repartee/platform';
import { EntityHints, hintStates } from '@repartee/profile';
import { z } from 'zod';
import { DecideHint } from './decide-hint.js';

const idSchema = z.object({ id: z.uuid() });
const listSchema = z.object({
  state: z.enum(hintStates).default('open'),
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const verdictSchema = z.strictObject({
  verdict: z.enum(['link', 'dismiss']).describe('`link`: what was found in the text is this person’s'),
});

/** What was found in free text and may tell who it is about: nothing is linked before somebody has looked. */
@Controller('v1/entity-hints')
export class EntityHintsController {
  constructor(
    @Inject(EntityHints) private readonly hints: EntityHints,
    @Inject(DecideHint) private readonly decisions: DecideHint,
  ) {}

  @Get()
  @Allow('server', { scope: 'profiles:read' })
  @ApiDoc({ summary: 'E-mail addresses, phone and order numbers found in free text', tags: ['Profiles'] })
  list(@ValidQuery(listSchema) query: z.infer<typeof listSchema>) {
    return this.hints.list(query);
  }

  @Post(':id')
  @HttpCode(200)
  @Allow('server', { scope: 'profiles:write' })
  @ApiDoc({ summary: 'Link what was found to the person, or dismiss it', tags: ['Profiles'] })
  async decide(
    @Caller() caller: Principal,
    @ValidParams(idSchema) { id }: z.infer<typeof idSchema>,
    @ValidBody(verdictSchema) { verdict }: z.infer<typeof verdictSchema>,
  ) {
    return orThrow(await this.decisions.decide(id, verdict, caller));
  }
}
