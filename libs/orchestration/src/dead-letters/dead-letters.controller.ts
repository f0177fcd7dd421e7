import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { ApiDoc, DeadLetters, orThrow, ValidParams, ValidQuery } from '@repartee/platform';
import { z } from 'zod';

const listSchema = z.object({
  type: z.string().max(200).optional(),
  state: z.enum(['waiting', 'replayed', 'all']).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
const oneSchema = z.object({ id: z.uuid() });

/** Messages the bus gave up. */
@Controller('v1/dead-letters')
export class DeadLettersController {
  constructor(@Inject(DeadLetters) private readonly letters: DeadLetters) {}

  @Get()
  @Allow('admin', { scope: 'operations:read' })
  @ApiDoc({ summary: 'Dead letters, newest first', tags: ['Operations'] })
  async list(@ValidQuery(listSchema) query: z.infer<typeof listSchema>) {
    return orThrow(await this.letters.list(query));
  }

  @Get(':id')
  @Allow('admin', { scope: 'operations:read' })
  @ApiDoc({ summary: 'One dead letter', tags: ['Operations'] })
  async read(@ValidParams(oneSchema) { id }: z.infer<typeof oneSchema>) {
    return orThrow(await this.letters.read(id));
  }

  @Post(':id/replay')
  @HttpCode(200)
  @Allow('admin', { scope: 'operations:write' })
  @ApiDoc({ summary: 'Put a dead letter back on the bus', tags: ['Operations'] })
  async replay(@ValidParams(oneSchema) { id }: z.infer<typeof oneSchema>) {
    return orThrow(await this.letters.replay(id));
  }
}
