import { Controller, Get, Inject } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { ApiDoc, ValidQuery } from '@repartee/platform';
import { z } from 'zod';
import { TraitBooks } from '../persistence/trait-books.js';
import { TraitReplay } from '../persistence/trait-replay.js';

const listSchema = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) });

/** Shows how traits survive and what is computed. They change through `POST /v1/apply`. */
@Controller('v1')
export class TraitsController {
  constructor(
    @Inject(TraitBooks) private readonly books: TraitBooks,
    @Inject(TraitReplay) private readonly replay: TraitReplay,
  ) {}

  @Get('traits')
  @Allow('server', { scope: 'profiles:read' })
  @ApiDoc({ summary: 'Trait policies, computed traits and places of free text in force', tags: ['Profiles'] })
  list() {
    const traits = this.books.list().filter(({ kind }) => kind !== 'segment');
    const items = traits.map(({ kind, document, revision }) => ({ kind, ...document, revision }));
    return { items, nextCursor: null };
  }

  @Get('trait-replays')
  @Allow('server', { scope: 'profiles:read' })
  @ApiDoc({
    summary: 'How far golden records are complete for traits that were declared or changed',
    tags: ['Profiles'],
  })
  async replays(@ValidQuery(listSchema) { limit }: z.infer<typeof listSchema>) {
    return { items: await this.replay.list(limit), nextCursor: null };
  }
}
