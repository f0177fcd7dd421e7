import { Controller, Get, Res } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { ApiDoc, orThrow, ValidParams, ValidQuery } from '@repartee/platform';
import { CatalogueReader, etagOf, type HeaderWriter } from './catalogue-reader.js';
import {
  catalogueKeySchema,
  cataloguePageQuerySchema,
  offerItemSchema,
  offerPageSchema,
  type CatalogueKey,
  type CataloguePageQuery,
} from './catalogue-schemas.js';

/** `/v1/offers`. Configurations are written by `POST /v1/apply`. */
@Allow('server')
@Controller('v1/offers')
export class OffersController {
  constructor(private readonly reader: CatalogueReader) {}

  @Get()
  @ApiDoc({ summary: 'Lists offers by key', responses: { 200: offerPageSchema } })
  list(@ValidQuery(cataloguePageQuerySchema) page: CataloguePageQuery) {
    return this.reader.list('offer', page);
  }

  @Get(':key')
  @ApiDoc({ summary: 'One offer, with its version as ETag', responses: { 200: offerItemSchema } })
  async get(
    @ValidParams(catalogueKeySchema) { key }: CatalogueKey,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ) {
    const item = orThrow(await this.reader.get('offer', key));
    reply.header('etag', etagOf(item));
    return item;
  }
}
