import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { bodyStream } from '@repartee/platform';
import type { FastifyRequest } from 'fastify';
import type { ImportJob } from '../../persistence/imports/import-job.js';
import { ImportRunner } from '../../persistence/imports/import-runner.js';
import { ImportStore } from '../../persistence/imports/import-store.js';
import { readHead } from '../../persistence/imports/reading/open-text.js';
import { Spool, type SpooledFile } from '../../persistence/imports/spool.js';
import type { Upload } from './import-schemas.js';
import { ImportSettings } from './import-settings.js';

/** Of a file to be previewed. */
const SAMPLE = 1024 * 1024;

/** Takes files in: what was answered with 202 is on the disk and in the database. */
@Injectable()
export class ReceiveImport {
  constructor(
    @Inject(Spool) private readonly spool: Spool,
    @Inject(ImportStore) private readonly store: ImportStore,
    @Inject(ImportRunner) private readonly runner: ImportRunner,
    @Inject(ImportSettings) private readonly settings: ImportSettings,
  ) {}

  async receive(request: FastifyRequest, upload: Upload, caller: Principal): Promise<Result<ImportJob>> {
    if (upload.mapping === undefined)
      return fail(failure('IMPORT.INVALID_MAPPING', 'An import needs a mapping; a preview proposes one.'));
    const mapping = await this.settings.mapping(upload.mapping);
    if (!mapping.ok) return mapping;
    const source = this.settings.source(caller, upload.source);
    if (!source.ok) return source;
    const file = await this.spool.receive(bodyStream(request) as AsyncIterable<Buffer>);
    if (!file.ok) return file;
    const stated = upload.format ?? mapping.value.format ?? formatOf(request.headers['content-type']);
    const format = await this.formatOf(file.value, stated);
    if (!format.ok) {
      await this.spool.remove(file.value.id);
      return format;
    }
    const { id, bytes, digest } = file.value;
    const job = await this.store.create({
      ...{ id, bytes, digest, spool: this.spool.id, source: source.value, format: format.value },
      ...{ mapping: mapping.value, fileName: upload.fileName ?? null, feed: null },
      maxRefused: upload.maxRejected,
    });
    this.runner.wake();
    return ok(job);
  }

  /** Takes the beginning of a file in, for as long as `look` looks at it. */
  async sample<T>(
    request: FastifyRequest,
    look: (path: string, complete: boolean) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    let bytes = 0;
    const body = bodyStream(request) as AsyncIterable<Buffer>;
    const beginning = async function* () {
      for await (const piece of body) {
        if (bytes < SAMPLE) yield piece;
        bytes += piece.length;
      }
    };
    const file = await this.spool.receive(beginning());
    if (!file.ok) return file;
    try {
      return await look(file.value.path, file.value.bytes === bytes);
    } finally {
      await this.spool.remove(file.value.id);
    }
  }

  /** What the file is, where nobody said: JSON begins with a brace. */
  async formatOf(
    file: Pick<SpooledFile, 'path'>,
    stated: ImportJob['format'] | undefined,
  ): Promise<Result<ImportJob['format']>> {
    const head = await readHead(file.path, 'auto').catch(() => undefined);
    if (head === undefined) return fail(failure('IMPORT.UNREADABLE_FILE', 'The gzip file is damaged.'));
    const { text } = head;
    if (text.length === 0) return fail(failure('IMPORT.EMPTY_FILE', 'There is nothing in it.'));
    const reason = foreign(text);
    if (reason !== undefined) return fail(failure('IMPORT.UNREADABLE_FILE', reason));
    return ok(stated ?? (text.subarray(0, 1000).toString().trimStart().startsWith('{') ? 'ndjson' : 'csv'));
  }
}

/** The format that a content type names. */
export function formatOf(contentType: string | undefined): ImportJob['format'] | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'text/csv' || type === 'text/tab-separated-values') return 'csv';
  return type !== undefined && /^application\/(x-)?(ndjson|jsonl|jsonlines|json-seq)$/.test(type)
    ? 'ndjson'
    : undefined;
}

/** Files that are often taken for CSV. */
function foreign(head: Buffer): string | undefined {
  const magic = head.subarray(0, 4).toString('latin1');
  if (magic === 'PK\u0003\u0004') return 'It is a ZIP archive or an Excel workbook: save the sheet as CSV.';
  if (magic === '%PDF') return 'It is a PDF.';
  if (magic === 'PAR1') return 'It is a Parquet file.';
  return magic.startsWith('\u00d0\u00cf\u0011\u00e0')
    ? 'It is an old Excel workbook: save the sheet as CSV.'
    : undefined;
}
