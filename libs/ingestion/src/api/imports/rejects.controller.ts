import { Controller, Get, Inject, Res } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { ApiDoc, orThrow, ValidParams, ValidQuery } from '@repartee/platform';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import type { z } from 'zod';
import { ImportStore } from '../../persistence/imports/import-store.js';
import { rejectedFile } from '../../persistence/imports/rejected-rows.js';
import { RefusalStore } from '../../persistence/imports/refusal-store.js';
import { importIdSchema, rejectedPageSchema, rejectsSchema } from './import-schemas.js';
import { seenBy } from './imports.controller.js';

/** Rows that did not become events. */
@Controller('v1/imports')
export class RejectsController {
  constructor(
    @Inject(ImportStore) private readonly store: ImportStore,
    @Inject(RefusalStore) private readonly refusals: RefusalStore,
  ) {}

  @Get(':id/rejects')
  @Allow('server', { scope: 'imports:read' })
  @ApiDoc({
    summary: 'Rejected rows with their reasons, as a page or as a file to put right and import again',
    tags: ['Imports'],
    responses: { 200: rejectedPageSchema },
  })
  async rejects(
    @ValidParams(importIdSchema) { id }: z.output<typeof importIdSchema>,
    @ValidQuery(rejectsSchema) { format, cursor, limit }: z.output<typeof rejectsSchema>,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const job = orThrow(seenBy(caller, await this.store.get(id)));
    if (format === 'json') return this.page(id, cursor, limit);
    const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson';
    void reply.header('content-type', type);
    void reply.header('content-disposition', `attachment; filename="rejected-${id}.${format}"`);
    return Readable.from(rejectedFile(job, this.refusals.all(id), format));
  }

  private async page(id: string, after: number | undefined, limit: number) {
    const found = await this.refusals.list(id, { after, limit: limit + 1 });
    const page = found.slice(0, limit);
    return {
      items: page,
      nextCursor: found.length > limit ? (page.at(-1)?.line ?? null) : null,
    };
  }
}
