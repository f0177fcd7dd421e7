import { Controller, Get, Res } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { ApiDoc, orThrow, ValidParams, ValidQuery } from '@repartee/platform';
import { CatalogueReader, etagOf, type HeaderWriter } from './catalogue-reader.js';
import {
  catalogueKeySchema,
  cataloguePageQuerySchema,
  zoneItemSchema,
  zonePageSchema,
  type CatalogueKey,
  type CataloguePageQuery,
} from './catalogue-schemas.js';

/** `/v1/zones`. Configurations are written by `POST /v1/apply`. */
@Allow('server')
@Controller('v1/zones')
export class ZonesController {
  constructor(private readonly reader: CatalogueReader) {}

  @Get()
  @ApiDoc({ summary: 'Lists zones by key', responses: { 200: zonePageSchema } })
  list(@ValidQuery(cataloguePageQuerySchema) page: CataloguePageQuery) {
    return this.reader.list('zone', page);
  }

  @Get(':key')
  @ApiDoc({ summary: 'One zone, with its version as ETag', responses: { 200: zoneItemSchema } })
  async get(
    @ValidParams(catalogueKeySchema) { key }: CatalogueKey,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ) {
    const item = orThrow(await this.reader.get('zone', key));
    reply.header('etag', etagOf(item));
    return item;
  }
}
