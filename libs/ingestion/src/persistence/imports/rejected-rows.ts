import { rejectedDocument, rejectedHeader, rejectedLine } from '../../domain/imports/rejected-file.js';
import type { ImportJob } from './import-job.js';
import type { Refusal } from './refusal-store.js';

/** Without a row that was read nothing is known of how the file is written. */
const PLAIN = { delimiter: ',', quote: '"', header: null };

/**
 * Rejected rows as a file. Of a CSV import as CSV with the columns of the file behind line and reason; of NDJSON, or
 * when NDJSON is asked for, as documents.
 */
export async function* rejectedFile(
  job: Pick<ImportJob, 'format' | 'layout'>,
  refusals: AsyncIterable<Refusal>,
  format: 'csv' | 'ndjson',
): AsyncGenerator<string> {
  if (format === 'csv' && job.format === 'csv') {
    const layout = job.layout ?? PLAIN;
    yield rejectedHeader(layout);
    for await (const { line, reason, column, raw } of refusals)
      yield rejectedLine({ line, reason: withColumn(column, reason), raw }, layout);
    return;
  }
  for await (const { line, reason, column, raw } of refusals)
    yield rejectedDocument({ line, reason: withColumn(column, reason), raw });
}

function withColumn(column: string | null, reason: string): string {
  return column === null ? reason : `${column}: ${reason}`;
}
