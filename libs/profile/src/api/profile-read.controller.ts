import { Controller, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { fail, failure, type Identifiers, identifiersSchema, type Result } from '@repartee/contracts';
import { normaliseIdentifier } from '@repartee/identity/domain';
import {
  ApiDoc,
  type HeaderWriter,
  orThrow,
  tagged,
  ValidBody,
  ValidParams,
  ValidQuery,
} from '@repartee/platform';
import { z } from 'zod';
import type { CachedProfile } from '../persistence/profile-cache.js';
import { Profiles } from '../persistence/profiles.js';
import { RecordViews } from '../persistence/record-views.js';
import { Timeline } from '../persistence/timeline.js';

const referenceSchema = z.object({ reference: z.string().min(1).max(600) });
const lookupSchema = z.object({ identifiers: identifiersSchema });
const pageSchema = z.object({
  /** Words in the free text of entries, as in a web search: `tea -mint`, `"green tea"`. */
  q: z.string().min(1).max(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Reads golden records. */
@Controller('v1/profiles')
export class ProfileReadController {
  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Timeline) private readonly timeline: Timeline,
    @Inject(RecordViews) private readonly views: RecordViews,
  ) {}

  @Post('lookup')
  @HttpCode(200)
  @Allow('server', { scope: 'profiles:read' })
  @ApiDoc({ summary: 'A golden record by identifiers that stay out of URLs and logs', tags: ['Profiles'] })
  async lookup(@ValidBody(lookupSchema) { identifiers }: z.infer<typeof lookupSchema>) {
    return this.views.document(orThrow(await this.findBy(identifiers)).record);
  }

  @Get(':reference')
  @Allow('server', { scope: 'profiles:read' })
  @ApiDoc({ summary: 'A golden record by id or namespace:value', tags: ['Profiles'] })
  async get(
    @ValidParams(referenceSchema) { reference }: z.infer<typeof referenceSchema>,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ) {
    const { record } = orThrow(await this.profiles.find(reference));
    return tagged(reply, this.views.document(record), record.version);
  }

  @Get(':reference/timeline')
  @Allow('server', { scope: 'profiles:read' })
  @ApiDoc({ summary: 'What happened with a person, newest first', tags: ['Profiles'] })
  async history(
    @ValidParams(referenceSchema) { reference }: z.infer<typeof referenceSchema>,
    @ValidQuery(pageSchema) page: z.infer<typeof pageSchema>,
  ) {
    const { record } = orThrow(await this.profiles.find(reference));
    return this.timeline.read(record.family, page);
  }

  /** Every identifier that anybody owns must be the same person's. */
  private async findBy(identifiers: Identifiers): Promise<Result<CachedProfile>> {
    const found = new Map<string, CachedProfile>();
    for (const [name, value] of Object.entries(identifiers)) {
      const identifier = normaliseIdentifier(name, value);
      if (!identifier.ok) return identifier;
      const profile = await this.profiles.findOne(identifier.value);
      if (profile.ok) found.set(profile.value.record.id, profile.value);
      else if (profile.failure.code !== 'PROFILE.NOT_FOUND') return profile;
    }
    const [first, ...others] = found.values();
    if (!first) return fail(failure('PROFILE.NOT_FOUND', 'Nobody is known by these identifiers.'));
    if (others.length === 0) return { ok: true, value: first };
    return fail(
      failure('PROFILE.AMBIGUOUS', 'These identifiers belong to more than one person.', {
        extra: { candidates: [...found.keys()] },
      }),
    );
  }
}
