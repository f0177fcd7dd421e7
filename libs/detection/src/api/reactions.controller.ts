import { Controller, Get, Inject } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { ApiDoc } from '@repartee/platform';
import { Reactions } from '../persistence/reactions.js';

@Controller('v1/reactions')
export class ReactionsController {
  constructor(@Inject(Reactions) private readonly reactions: Reactions) {}

  @Get()
  @Allow('server', { scope: 'configuration:read' })
  @ApiDoc({ summary: 'The reactions in force', tags: ['Configuration'] })
  async list() {
    return { items: await this.reactions.documents(), nextCursor: null };
  }
}
