import {
  Controller,
  Delete,
  Headers,
  HttpCode,
  Inject,
  Post,
  Put,
  Req,
  Res,
  type Type,
} from '@nestjs/common';
import { Allow } from '@repartee/access';
import { keySchema } from '@repartee/contracts';
import { type CatalogueItem, taggedItem } from '@repartee/decisioning';
import { CATALOGUE_LISTS, type CatalogueKind, catalogueKinds } from '@repartee/decisioning/domain';
import { ApiDoc, orThrow, ValidBody, ValidParams, versionOf } from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CatalogueEditor, entrySchemas } from './catalogue-editor.js';
import { writerOf } from './writer.js';

const oneSchema = z.object({ key: keySchema });
const newSchema = z.looseObject({ key: keySchema });
const documentSchema = z.looseObject({});
type Document = Record<string, unknown>;

/** Writing `/v1/policies`, `/v1/offers` and so on, one entry at a time; decisions follow at once. */
function writingController(kind: CatalogueKind): Type {
  const list = CATALOGUE_LISTS[kind];
  const body = entrySchemas[list].unwrap().element;
  const tags = ['Configuration'];

  @Controller(`v1/${list}`)
  @Allow('admin', { scope: 'configuration:write' })
  class CatalogueWritingController {
    constructor(@Inject(CatalogueEditor) private readonly editor: CatalogueEditor) {}

    @Post()
    @ApiDoc({ summary: `Add one to the ${list}`, tags, body })
    async create(
      @ValidBody(newSchema) document: Document,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<CatalogueItem> {
      return taggedItem(reply, orThrow(await this.editor.create(kind, document, writerOf(request))));
    }

    @Put(':key')
    @ApiDoc({ summary: `Replace one of the ${list}`, tags, body })
    async replace(
      @ValidParams(oneSchema) { key }: z.output<typeof oneSchema>,
      @ValidBody(documentSchema) document: Document,
      @Headers('if-match') ifMatch: string | undefined,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<CatalogueItem> {
      const version = orThrow(versionOf(ifMatch));
      return taggedItem(
        reply,
        orThrow(await this.editor.replace({ kind, key }, document, version, writerOf(request))),
      );
    }

    @Delete(':key')
    @HttpCode(204)
    @ApiDoc({ summary: `Remove one of the ${list}`, tags, responses: { 204: null } })
    async remove(
      @ValidParams(oneSchema) { key }: z.output<typeof oneSchema>,
      @Headers('if-match') ifMatch: string | undefined,
      @Req() request: FastifyRequest,
    ): Promise<void> {
      orThrow(await this.editor.remove({ kind, key }, orThrow(versionOf(ifMatch)), writerOf(request)));
    }
  }
  return CatalogueWritingController;
}

/** One controller for each kind of entry. */
export const catalogueWritingControllers: readonly Type[] = catalogueKinds.map(writingController);
