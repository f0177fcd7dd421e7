import { Controller, Get, Inject } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { ApiDoc, orThrow, ValidQuery } from '@repartee/platform';
import { z } from 'zod';
import { ProfileSearch } from '../persistence/profile-search.js';
import { RecordViews } from '../persistence/record-views.js';

const searchSchema = z.object({
  q: z.string().trim().min(2).max(200),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** Finds people. */
@Controller('v1/profiles')
export class ProfileSearchController {
  constructor(
    @Inject(ProfileSearch) private readonly search: ProfileSearch,
    @Inject(RecordViews) private readonly views: RecordViews,
  ) {}

  @Get()
  @Allow('server', { scope: 'profiles:read' })
  @ApiDoc({
    summary: 'People by name, order number or postcode',
    description:
      'An order number is matched as a whole; of a name or postcode, every word must be found. E-mail addresses and phone numbers belong into `POST /v1/profiles/lookup`, which keeps them out of URLs.',
    tags: ['Profiles'],
  })
  async find(@ValidQuery(searchSchema) { q, ...page }: z.infer<typeof searchSchema>) {
    const { records, nextCursor } = orThrow(await this.search.find(q, page));
    return { items: records.map((record) => this.views.document(record)), nextCursor };
  }
}
