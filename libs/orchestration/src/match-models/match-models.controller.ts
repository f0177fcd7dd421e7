import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { fail, failure } from '@repartee/contracts';
import { MatchModelStore, ModelLearning } from '@repartee/identity';
import { ApiDoc, Database, orThrow, ValidParams } from '@repartee/platform';
import { z } from 'zod';

const versionSchema = z.object({ version: z.string().min(1).max(200) });
const modelSchema = z.object({
  version: z.string().describe('Names the parameters'),
  state: z.enum(['draft', 'published', 'retired']),
  records: z.number().describe('Source records it was learned from'),
  preview: z
    .object({
      records: z.number(),
      merges: z.number().describe('Groups of present profiles that would become one person each'),
      splits: z.number().describe('Profiles of which some records would no longer be alike'),
      examples: z.object({ merges: z.array(z.array(z.uuid())), splits: z.array(z.uuid()) }),
    })
    .nullable(),
  createdAt: z.iso.datetime(),
  publishedAt: z.iso.datetime().nullable(),
  rematchedAt: z.iso.datetime().nullable().describe('When every record had been compared again by it'),
});

/** Models of what alike records look like. */
@Controller('v1/match-models')
export class MatchModelsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(MatchModelStore) private readonly models: MatchModelStore,
    @Inject(ModelLearning) private readonly learning: ModelLearning,
  ) {}

  @Get()
  @Allow('admin', { scope: 'configuration:read' })
  @ApiDoc({
    summary: 'Match models, newest first; without a published one the shipped model is in force',
    tags: ['Profiles'],
    responses: { 200: z.object({ items: z.array(modelSchema), nextCursor: z.null() }) },
  })
  async list() {
    return { items: await this.models.list(), nextCursor: null };
  }

  @Post()
  @HttpCode(201)
  @Allow('admin', { scope: 'configuration:write' })
  @ApiDoc({
    summary: 'Learn a model from what trusted sources say, and foretell what it would change',
    description: 'Learned without labels, in a thread of its own. Nothing changes until it is published.',
    tags: ['Profiles'],
    responses: { 201: modelSchema },
  })
  async learn() {
    return orThrow(await this.learning.learn());
  }

  @Post(':version/publish')
  @HttpCode(202)
  @Allow('admin', { scope: 'configuration:write' })
  @ApiDoc({
    summary: 'Put a model in force; every record is compared again in the background',
    tags: ['Profiles'],
    responses: { 202: modelSchema },
  })
  async publish(@ValidParams(versionSchema) { version }: z.infer<typeof versionSchema>) {
    const published = await this.database.transaction((tx) => this.models.publish(tx, version));
    return published ?? orThrow(fail(failure('MATCHING.NO_SUCH_MODEL', 'No model has this version.')));
  }
}
