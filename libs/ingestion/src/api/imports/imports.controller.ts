import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { Allow, Caller, speaksForAll, type Principal } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { ApiDoc, orThrow, StreamBody, ValidBody, ValidParams, ValidQuery } from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type ImportJob, progressOf } from '../../persistence/imports/import-job.js';
import { ImportRunner } from '../../persistence/imports/import-runner.js';
import { ImportStore } from '../../persistence/imports/import-store.js';
import {
  importIdSchema,
  importListSchema,
  importPageSchema,
  importSchema,
  previewSchema,
  resumeSchema,
  type Upload,
  uploadSchema,
} from './import-schemas.js';
import { PreviewImport } from './preview-import.js';
import { ReceiveImport } from './receive-import.js';

const FILES = ['text/csv', 'application/x-ndjson', 'application/gzip'];
type Id = z.output<typeof importIdSchema>;

/** An import that this caller may see: administrators see all, others those of their source. */
export function seenBy(caller: Principal, job: ImportJob | undefined): Result<ImportJob> {
  if (job && (speaksForAll(caller) || caller.source === job.source)) return ok(job);
  return fail(failure('IMPORT.NOT_FOUND', 'There is no such import.'));
}

/** Files of people and of what they did. */
@Controller('v1/imports')
export class ImportsController {
  constructor(
    @Inject(ReceiveImport) private readonly receiver: ReceiveImport,
    @Inject(PreviewImport) private readonly previewer: PreviewImport,
    @Inject(ImportStore) private readonly store: ImportStore,
    @Inject(ImportRunner) private readonly runner: ImportRunner,
  ) {}

  @Post()
  @HttpCode(202)
  @StreamBody()
  @Allow('server', { scope: 'imports:write' })
  @ApiDoc({
    summary: 'Import a file of CSV or NDJSON, gzip or not',
    description: 'The file is the body, read as it arrives. 202 means that it is kept and will be worked on.',
    tags: ['Imports'],
    consumes: FILES,
    responses: { 202: importSchema },
  })
  async create(
    @ValidQuery(uploadSchema) upload: Upload,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const job = orThrow(await this.closing(reply, this.receiver.receive(request, upload, caller)));
    void reply.header('location', `/v1/imports/${job.id}`);
    return progressOf(job);
  }

  @Post('preview')
  @HttpCode(200)
  @StreamBody()
  @Allow('server', { scope: 'imports:write' })
  @ApiDoc({
    summary: 'Look at the beginning of a file: columns, a proposed mapping, what its rows would become',
    description:
      'The first MiB of the body is looked at; nothing is kept. Without a mapping one is proposed.',
    tags: ['Imports'],
    consumes: FILES,
    responses: { 200: previewSchema },
  })
  async preview(
    @ValidQuery(uploadSchema) upload: Upload,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return orThrow(await this.closing<object>(reply, this.previewer.preview(request, upload, caller)));
  }

  @Get()
  @Allow('server', { scope: 'imports:read' })
  @ApiDoc({ summary: 'Imports, newest first', tags: ['Imports'], responses: { 200: importPageSchema } })
  async list(
    @ValidQuery(importListSchema) { cursor, limit, state }: z.output<typeof importListSchema>,
    @Caller() caller: Principal,
  ) {
    const source = speaksForAll(caller) ? undefined : caller.source;
    const found = await this.store.list({ limit: limit + 1, before: cursor, state, source });
    const page = found.slice(0, limit);
    return {
      items: page.map(progressOf),
      nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  }

  @Get(':id')
  @Allow('server', { scope: 'imports:read' })
  @ApiDoc({ summary: 'How far an import is', tags: ['Imports'], responses: { 200: importSchema } })
  async one(@ValidParams(importIdSchema) { id }: Id, @Caller() caller: Principal) {
    return progressOf(orThrow(seenBy(caller, await this.store.get(id))));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('server', { scope: 'imports:write' })
  @ApiDoc({
    summary: 'Stop an import; what was taken in stays',
    tags: ['Imports'],
    responses: { 200: importSchema },
  })
  async cancel(@ValidParams(importIdSchema) { id }: Id, @Caller() caller: Principal) {
    const { state } = orThrow(seenBy(caller, await this.store.get(id)));
    const cancelled = await this.store.cancel(id);
    if (!cancelled) return orThrow(fail(failure('IMPORT.WRONG_STATE', `The import is ${state} already.`)));
    return progressOf(cancelled);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Allow('server', { scope: 'imports:write' })
  @ApiDoc({
    summary: 'Go on where a failed or cancelled import stopped',
    tags: ['Imports'],
    responses: { 200: importSchema },
  })
  async resume(
    @ValidParams(importIdSchema) { id }: Id,
    @ValidBody(resumeSchema) { maxRejected }: z.output<typeof resumeSchema>,
    @Caller() caller: Principal,
  ) {
    const { state, fileKept } = orThrow(seenBy(caller, await this.store.get(id)));
    const resumed = await this.store.resume(id, maxRejected);
    if (!resumed) {
      const ended = state === 'failed' || state === 'cancelled';
      return orThrow(
        ended && !fileKept
          ? fail(failure('IMPORT.FILE_GONE', 'Send the file again: rows that were taken in change nothing.'))
          : fail(failure('IMPORT.WRONG_STATE', `The import is ${state}.`)),
      );
    }
    this.runner.wake();
    return progressOf(resumed);
  }

  /** A file that is refused before it was read has not arrived as a whole: the connection ends with the answer. */
  private async closing<T>(reply: FastifyReply, work: Promise<Result<T>>): Promise<Result<T>> {
    const result = await work;
    if (!result.ok) void reply.header('connection', 'close');
    return result;
  }
}
