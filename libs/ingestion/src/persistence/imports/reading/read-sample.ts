import type { Mapping } from '../../../domain/imports/mapping.js';
import { csvLayout } from './csv-layout.js';
import { CsvReader } from './csv-reader.js';
import { LineReader } from './line-reader.js';
import type { ReadRecord, RecordReader } from './read-record.js';

/** Rows looked at to guess what columns hold. */
const ROWS = 500;
const MAX_COLUMNS = 300;
const MAX_DEPTH = 6;

/** The first records of a file, column by column. */
export interface Sample {
  delimiter?: string;
  header?: string[];
  /** The first rows of a CSV file. */
  rows: string[][];
  columns: { name: string; values: unknown[] }[];
  /** What cannot be read. */
  flaws: { line: number; flaw: string }[];
}

/**
 * Reads the first records of a file.
 * @param complete the text is all there is; otherwise its last record may be cut and is left out
 */
export async function readSample(
  text: Buffer,
  format: 'csv' | 'ndjson',
  mapping: Mapping,
  complete: boolean,
): Promise<Sample> {
  if (format === 'ndjson') {
    const records = await take(new LineReader({ offset: 0, line: 1 }), text, complete);
    return {
      rows: [],
      columns: pathsOf(records.flatMap(({ value }) => value ?? [])),
      flaws: flawsOf(records),
    };
  }
  const layout = await csvLayout(text, mapping);
  if (!layout) return { rows: [], columns: [], flaws: [] };
  const { place, columns, delimiter, header } = layout;
  const records = await take(new CsvReader(layout, place), text.subarray(place.offset), complete);
  const rows = records.filter(({ flaw }) => flaw === undefined).map(({ value }) => value as string[]);
  return {
    delimiter,
    ...(header && { header }),
    rows,
    columns: columns.map((name, index) => ({ name, values: rows.map((row) => row[index]) })),
    flaws: flawsOf(records),
  };
}

async function take(reader: RecordReader, text: Buffer, complete: boolean): Promise<ReadRecord[]> {
  const records = await reader.feed(text);
  if (complete) records.push(...(await reader.end()));
  return records.slice(0, ROWS);
}

function flawsOf(records: readonly ReadRecord[]): Sample['flaws'] {
  return records.flatMap(({ line, flaw }) => (flaw === undefined ? [] : [{ line, flaw }]));
}

/** Every path of JSON documents with its values; lists of objects as `[]`. */
function pathsOf(documents: readonly unknown[]): Sample['columns'] {
  const columns = new Map<string, unknown[]>();
  for (const document of documents) collect(document, '$', columns, 0);
  // Of several lists only one can become rows: the first.
  const list = [...columns.keys()].find((name) => name.includes('[]'))?.split('[]', 1)[0];
  return [...columns]
    .filter(
      ([name]) => !name.includes('[]') || (name.split('[]').length === 2 && name.startsWith(`${list}[]`)),
    )
    .slice(0, MAX_COLUMNS)
    .map(([name, values]) => ({ name, values }));
}

function collect(value: unknown, path: string, columns: Map<string, unknown[]>, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) {
    if (path !== '$') columns.set(path, [...(columns.get(path) ?? []), value]);
    return;
  }
  if (Array.isArray(value)) {
    const objects = value.length > 0 && value.every((item) => typeof item === 'object' && item !== null);
    if (!objects) columns.set(path, [...(columns.get(path) ?? []), value]);
    else for (const item of value.slice(0, 20)) collect(item, `${path}[]`, columns, depth + 1);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    const plain = /^[^.[\]"\s]+$/.test(key);
    collect(item, plain ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`, columns, depth + 1);
  }
}
