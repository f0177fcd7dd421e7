import { Controller, Get, Res } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { ApiDoc, orThrow, ValidParams, ValidQuery } from '@repartee/platform';
import { CatalogueReader, etagOf, type HeaderWriter } from './catalogue-reader.js';
import {
  catalogueKeySchema,
  cataloguePageQuerySchema,
  treatmentItemSchema,
  treatmentPageSchema,
  type CatalogueKey,
  type CataloguePageQuery,
} from './catalogue-schemas.js';

/** `/v1/treatments`. Configurations are written by `POST /v1/apply`. */
@Allow('server')
@Controller('v1/treatments')
export class TreatmentsController {
  constructor(private readonly reader: CatalogueReader) {}

  @Get()
  @ApiDoc({ summary: 'Lists treatments by key', responses: { 200: treatmentPageSchema } })
  list(@ValidQuery(cataloguePageQuerySchema) page: CataloguePageQuery) {
    return this.reader.list('treatment', page);
  }

  @Get(':key')
  @ApiDoc({ summary: 'One treatment, with its version as ETag', responses: { 200: treatmentItemSchema } })
  async get(
    @ValidParams(catalogueKeySchema) { key }: CatalogueKey,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ) {
    const item = orThrow(await this.reader.get('treatment', key));
    reply.header('etag', etagOf(item));
    return item;
  }
}
