import { Controller, Get, Inject, Res, type Type } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { ApiDoc, type HeaderWriter, orThrow, ValidParams, ValidQuery } from '@repartee/platform';
import { CATALOGUE_LISTS, catalogueKinds, type CatalogueKind } from '../domain/index.js';
import { CatalogueReader, taggedItem } from './catalogue-reader.js';
import {
  catalogueKeySchema,
  historyPageSchema,
  historyQuerySchema,
  cataloguePageQuerySchema,
  itemSchemas,
  pageOf,
  type CatalogueKey,
  type CataloguePageQuery,
  type HistoryQuery,
} from './catalogue-schemas.js';

/** `GET /v1/offers`, `/v1/policies` and so on. Writing wants to know what rules may read, and so is a use case above. */
function readingController(kind: CatalogueKind): Type {
  const list = CATALOGUE_LISTS[kind];
  const item = itemSchemas[kind];

  @Allow('server')
  @Controller(`v1/${list}`)
  class CatalogueReadingController {
    constructor(@Inject(CatalogueReader) private readonly reader: CatalogueReader) {}

    @Get()
    @ApiDoc({ summary: `Lists ${list} by key`, tags: ['Configuration'], responses: { 200: pageOf(item) } })
    list(@ValidQuery(cataloguePageQuerySchema) page: CataloguePageQuery) {
      return this.reader.list(kind, page);
    }

    @Get(':key')
    @ApiDoc({
      summary: `One of the ${list}, with its version as ETag`,
      tags: ['Configuration'],
      responses: { 200: item },
    })
    async get(
      @ValidParams(catalogueKeySchema) { key }: CatalogueKey,
      @Res({ passthrough: true }) reply: HeaderWriter,
    ) {
      return taggedItem(reply, orThrow(await this.reader.get(kind, key)));
    }

    @Get(':key/history')
    @ApiDoc({
      summary: `What one of the ${list} was, version by version, and who wrote it`,
      tags: ['Configuration'],
      responses: { 200: historyPageSchema },
    })
    async history(
      @ValidParams(catalogueKeySchema) { key }: CatalogueKey,
      @ValidQuery(historyQuerySchema) { cursor, limit }: HistoryQuery,
    ) {
      return orThrow(await this.reader.history(kind, key, { before: cursor, limit }));
    }
  }
  return CatalogueReadingController;
}

/** One controller for each kind of entry. */
export const catalogueControllers: readonly Type[] = catalogueKinds.map(readingController);
