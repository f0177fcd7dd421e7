import { detectDialect } from '../../../domain/imports/detect-dialect.js';
import type { Mapping } from '../../../domain/imports/mapping.js';
import type { FileLayout } from '../../../domain/imports/rejected-file.js';
import { columnNames } from '../../../domain/imports/sources.js';
import { CsvReader } from './csv-reader.js';
import { ImportFailure } from './import-failure.js';
import type { Place } from './read-record.js';

const SEPARATOR_LINE = /^sep=(.)\r?\n/;

/** How a CSV file is written, its columns, and where its rows begin. */
export interface CsvLayout extends FileLayout {
  lineEnds: string[];
  columns: string[];
  place: Place;
}

/** Reads the layout of a CSV file from its head; undefined for a file without a row. */
export async function csvLayout(head: Buffer, mapping: Mapping): Promise<CsvLayout | undefined> {
  const quote = mapping.quote === 'none' ? null : mapping.quote;
  // Excel may say the delimiter in a first line of its own.
  const stated = SEPARATOR_LINE.exec(head.subarray(0, 8).toString());
  const first: Place = stated ? { offset: Buffer.byteLength(stated[0]), line: 2 } : { offset: 0, line: 1 };
  const detected = detectDialect(head.subarray(first.offset).toString(), quote);
  const delimiter = mapping.delimiter === 'auto' ? (stated?.[1] ?? detected.delimiter) : mapping.delimiter;
  const options = { delimiter, quote, lineEnds: detected.lineEnds };
  const reader = new CsvReader(options, first);
  const records = await reader.feed(head.subarray(first.offset));
  const [top] = records.length > 0 ? records : await reader.end();
  if (!top) return undefined;
  if (top.flaw !== undefined) throw new ImportFailure(`the header cannot be read: ${top.flaw}`, top.line);
  const cells = top.value as string[];
  if (!mapping.header) {
    const columns = cells.map((_cell, index) => `column_${index + 1}`);
    return { ...options, columns, place: first, header: null };
  }
  return {
    ...options,
    columns: columnNames(cells),
    place: { offset: top.end, line: top.nextLine },
    header: cells,
  };
}
