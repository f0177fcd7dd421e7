import { Controller, Delete, Get, Headers, HttpCode, Inject, Post, Put, Res } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import {
  ApiDoc,
  type HeaderWriter,
  orThrow,
  pageOf,
  tagged,
  ValidBody,
  ValidParams,
  ValidQuery,
  versionOf,
} from '@repartee/platform';
import { type SegmentDocument, segmentSchema } from '@repartee/profile/domain';
import type { z } from 'zod';
import { SegmentMembers } from '../persistence/segment-members.js';
import {
  keylessSegmentSchema,
  memberPageQuerySchema,
  memberPageSchema,
  segmentKeySchema,
  segmentPageQuerySchema,
  segmentPageSchema,
  segmentViewSchema,
} from './segment-schemas.js';
import { Segments } from './segments.js';

type Key = z.output<typeof segmentKeySchema>;
const tags = ['Segments'];

/** `/v1/segments`. Whole configurations are written by `POST /v1/apply`. */
@Controller('v1/segments')
@Allow('admin', { scope: 'configuration:write' })
export class SegmentsController {
  constructor(
    @Inject(Segments) private readonly segments: Segments,
    @Inject(SegmentMembers) private readonly members: SegmentMembers,
  ) {}

  @Get()
  @Allow('server', { scope: 'configuration:read' })
  @ApiDoc({ summary: 'Segments by key, with their sizes', tags, responses: { 200: segmentPageSchema } })
  async list(@ValidQuery(segmentPageQuerySchema) { cursor, limit }: z.output<typeof segmentPageQuerySchema>) {
    return pageOf(await this.segments.list(cursor, limit + 1), limit, ({ key }) => key);
  }

  @Post()
  @ApiDoc({
    summary: 'Add a segment; rules may ask for it at once',
    description:
      'People are found to be in it from then on. It is filled in the background without telling of anybody; later, `Segment Entered` and `Segment Left` tell of who comes and goes.',
    tags,
    responses: { 201: segmentViewSchema },
  })
  async create(
    @ValidBody(segmentSchema) document: SegmentDocument,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ) {
    return tagged(reply, orThrow(await this.segments.create(document, caller.keyId)));
  }

  @Get(':key')
  @Allow('server', { scope: 'configuration:read' })
  @ApiDoc({ summary: 'One segment, with its version as ETag', tags, responses: { 200: segmentViewSchema } })
  async get(@ValidParams(segmentKeySchema) { key }: Key, @Res({ passthrough: true }) reply: HeaderWriter) {
    return tagged(reply, orThrow(await this.segments.get(key)));
  }

  @Get(':key/members')
  @Allow('server', { scope: 'profiles:read' })
  @ApiDoc({
    summary: 'Who is in a segment, by id, as of when it was asked last',
    tags,
    responses: { 200: memberPageSchema },
  })
  async memberList(
    @ValidParams(segmentKeySchema) { key }: Key,
    @ValidQuery(memberPageQuerySchema) { cursor, limit }: z.output<typeof memberPageQuerySchema>,
  ) {
    orThrow(await this.segments.get(key));
    const found = await this.members.list(key, cursor, limit + 1);
    return pageOf(found, limit, ({ profileId }) => profileId);
  }

  @Put(':key')
  @ApiDoc({ summary: 'Replace a segment', tags, responses: { 200: segmentViewSchema } })
  async replace(
    @ValidParams(segmentKeySchema) { key }: Key,
    @ValidBody(keylessSegmentSchema) body: Omit<SegmentDocument, 'key'>,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ) {
    const version = orThrow(versionOf(ifMatch));
    return tagged(reply, orThrow(await this.segments.replace({ key, ...body }, version, caller.keyId)));
  }

  @Delete(':key')
  @HttpCode(204)
  @ApiDoc({ summary: 'Remove a segment; nobody is in it any more', tags, responses: { 204: null } })
  async remove(
    @ValidParams(segmentKeySchema) { key }: Key,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: Principal,
  ): Promise<void> {
    orThrow(await this.segments.remove(key, orThrow(versionOf(ifMatch)), caller.keyId));
  }
}
