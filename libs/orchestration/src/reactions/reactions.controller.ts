import { Controller, Delete, Get, Headers, HttpCode, Inject, Post, Put, Res } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { type ReactionDocument, reactionSchema } from '@repartee/detection/domain';
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
import type { z } from 'zod';
import { ReactionEditor } from './reaction-editor.js';
import {
  keylessReactionSchema,
  reactionKeySchema,
  reactionPageQuerySchema,
  reactionPageSchema,
  reactionViewSchema,
} from './reaction-schemas.js';

type Key = z.output<typeof reactionKeySchema>;
const tags = ['Configuration'];

/** `/v1/reactions`. Whole configurations are written by `POST /v1/apply`. */
@Controller('v1/reactions')
@Allow('admin', { scope: 'configuration:write' })
export class ReactionsController {
  constructor(@Inject(ReactionEditor) private readonly reactions: ReactionEditor) {}

  @Get()
  @Allow('server', { scope: 'configuration:read' })
  @ApiDoc({ summary: 'The reactions in force, by key', tags, responses: { 200: reactionPageSchema } })
  async list(
    @ValidQuery(reactionPageQuerySchema) { cursor, limit }: z.output<typeof reactionPageQuerySchema>,
  ) {
    return pageOf(await this.reactions.list(cursor, limit + 1), limit, ({ key }) => key);
  }

  @Post()
  @ApiDoc({
    summary: 'Add a reaction; events start it from then on',
    tags,
    responses: { 201: reactionViewSchema },
  })
  async create(
    @ValidBody(reactionSchema) document: ReactionDocument,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ) {
    return tagged(reply, orThrow(await this.reactions.create(document, caller.keyId)));
  }

  @Get(':key')
  @Allow('server', { scope: 'configuration:read' })
  @ApiDoc({ summary: 'One reaction, with its version as ETag', tags, responses: { 200: reactionViewSchema } })
  async get(@ValidParams(reactionKeySchema) { key }: Key, @Res({ passthrough: true }) reply: HeaderWriter) {
    return tagged(reply, orThrow(await this.reactions.get(key)));
  }

  @Put(':key')
  @ApiDoc({
    summary: 'Replace a reaction',
    description:
      'What has started already goes by the new `when`, `unless`, `once` and `action` when it is due; the moment stays.',
    tags,
    responses: { 200: reactionViewSchema },
  })
  async replace(
    @ValidParams(reactionKeySchema) { key }: Key,
    @ValidBody(keylessReactionSchema) body: Omit<ReactionDocument, 'key'>,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ) {
    const version = orThrow(versionOf(ifMatch));
    return tagged(reply, orThrow(await this.reactions.replace({ key, ...body }, version, caller.keyId)));
  }

  @Delete(':key')
  @HttpCode(204)
  @ApiDoc({
    summary: 'Remove a reaction; what has started already comes to nothing',
    tags,
    responses: { 204: null },
  })
  async remove(
    @ValidParams(reactionKeySchema) { key }: Key,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: Principal,
  ): Promise<void> {
    orThrow(await this.reactions.remove(key, orThrow(versionOf(ifMatch)), caller.keyId));
  }
}
