import { Controller, Delete, Get, HttpCode, Inject, Put } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { fail, failure } from '@repartee/contracts';
import { ApiDoc, orThrow, ValidBody, ValidParams, ValidQuery } from '@repartee/platform';
import type { z } from 'zod';
import { type Mapping, mappingSchema } from '../../domain/imports/mapping.js';
import { MappingStore } from '../../persistence/imports/mapping-store.js';
import { keyListSchema, keyParamsSchema, mappingPageSchema, namedMappingSchema } from './import-schemas.js';
import { ImportSettings } from './import-settings.js';

type Key = z.output<typeof keyParamsSchema>;
const NONE = fail(failure('IMPORT.MAPPING_NOT_FOUND', 'No mapping is kept under this key.'));

/** Mappings that are used more than once. Imports keep the mapping as it was when they began. */
@Controller('v1/import-mappings')
export class ImportMappingsController {
  constructor(
    @Inject(MappingStore) private readonly store: MappingStore,
    @Inject(ImportSettings) private readonly settings: ImportSettings,
  ) {}

  @Get()
  @Allow('server', { scope: 'imports:read' })
  @ApiDoc({ summary: 'Mappings by key', tags: ['Imports'], responses: { 200: mappingPageSchema } })
  async list(@ValidQuery(keyListSchema) { cursor, limit }: z.output<typeof keyListSchema>) {
    const found = await this.store.list({ after: cursor, limit: limit + 1 });
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.key ?? null) : null };
  }

  @Get(':key')
  @Allow('server', { scope: 'imports:read' })
  @ApiDoc({ summary: 'One mapping', tags: ['Imports'], responses: { 200: namedMappingSchema } })
  async one(@ValidParams(keyParamsSchema) { key }: Key) {
    return (await this.store.get(key)) ?? orThrow(NONE);
  }

  @Put(':key')
  @Allow('server', { scope: 'imports:write' })
  @ApiDoc({
    summary: 'Keep a mapping under a name',
    tags: ['Imports'],
    responses: { 200: namedMappingSchema },
  })
  async put(@ValidParams(keyParamsSchema) { key }: Key, @ValidBody(mappingSchema) mapping: Mapping) {
    return this.store.put(key, orThrow(this.settings.checked(mapping)));
  }

  @Delete(':key')
  @HttpCode(204)
  @Allow('server', { scope: 'imports:write' })
  @ApiDoc({ summary: 'Forget a mapping', tags: ['Imports'] })
  async remove(@ValidParams(keyParamsSchema) { key }: Key): Promise<void> {
    if (!(await this.store.remove(key))) orThrow(NONE);
  }
}
