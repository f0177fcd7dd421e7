import { Controller, Delete, Get, Headers, HttpCode, Inject, Post, Put, Res } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { Sources } from '@repartee/governance';
import { DEFAULT_SOURCE, PARTIES, trackingPlanSchema } from '@repartee/governance/domain';
import { ApiDoc, orThrow, tagged, ValidBody, ValidParams, ValidQuery, versionOf } from '@repartee/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

const YEAR = 366 * 86_400;
const keySchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'must be lower-case letters, digits, dots, hyphens or underscores');
const oneSchema = z.object({ key: keySchema });
const listSchema = z.object({
  cursor: z.string().max(63).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** What is said of a source; `PUT` replaces all of it. */
const fieldsSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  trustRank: z
    .int()
    .min(0)
    .max(100)
    .default(DEFAULT_SOURCE.trustRank)
    .describe('Where sources disagree, the higher rank is believed'),
  party: z.enum(PARTIES).default(DEFAULT_SOURCE.party),
  expectedEvery: z
    .int()
    .min(1)
    .max(YEAR)
    .nullable()
    .default(null)
    .describe('Seconds of silence that are normal; null where none is too long'),
  trackingPlan: trackingPlanSchema.nullable().default(null),
});
const newSchema = fieldsSchema.extend({ key: keySchema });
const sourceSchema = newSchema.extend({
  version: z.int(),
  late: z.boolean().describe('Silent for longer than expected'),
  lastEventAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
const pageSchema = z.object({ items: z.array(sourceSchema), nextCursor: z.string().nullable() });

/** Registered sources. Their keys are at `/v1/keys`; a key names its source. */
@Controller('v1/sources')
@Allow('admin')
export class SourcesController {
  constructor(@Inject(Sources) private readonly sources: Sources) {}

  @Get()
  @Allow('server')
  @ApiDoc({ summary: 'Registered sources by key', tags: ['Sources'], responses: { 200: pageSchema } })
  list(@ValidQuery(listSchema) { cursor, limit }: z.output<typeof listSchema>) {
    return this.sources.list(cursor, limit);
  }

  @Post()
  @ApiDoc({ summary: 'Register a source', tags: ['Sources'], responses: { 201: sourceSchema } })
  async create(
    @ValidBody(newSchema) body: z.output<typeof newSchema>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(reply, orThrow(await this.sources.create(body)));
  }

  @Get(':key')
  @Allow('server')
  @ApiDoc({
    summary: 'One source, with its version as ETag',
    tags: ['Sources'],
    responses: { 200: sourceSchema },
  })
  async get(
    @ValidParams(oneSchema) { key }: z.output<typeof oneSchema>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(reply, orThrow(await this.sources.get(key)));
  }

  @Put(':key')
  @ApiDoc({ summary: 'Replace a source', tags: ['Sources'], responses: { 200: sourceSchema } })
  async replace(
    @ValidParams(oneSchema) { key }: z.output<typeof oneSchema>,
    @ValidBody(fieldsSchema) body: z.output<typeof fieldsSchema>,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const version = orThrow(versionOf(ifMatch));
    return tagged(reply, orThrow(await this.sources.replace({ key, ...body }, version)));
  }

  @Delete(':key')
  @HttpCode(204)
  @ApiDoc({
    summary: 'Unregister a source; its events and keys stay',
    tags: ['Sources'],
    responses: { 204: null },
  })
  async remove(
    @ValidParams(oneSchema) { key }: z.output<typeof oneSchema>,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    orThrow(await this.sources.remove(key, orThrow(versionOf(ifMatch))));
  }
}
