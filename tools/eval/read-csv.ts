import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

/** One row, by the names of its columns. */
export type Row = Record<string, string>;

const CHUNK = 1 << 20;
const CELL = /(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/gy;

function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(CHUNK);
    const decoder = new StringDecoder('utf8');
    let rest = '';
    for (let read = 1; read > 0;) {
      read = readSync(file, buffer, 0, CHUNK, null);
      const lines = (rest + decoder.write(buffer.subarray(0, read))).split('\n');
      rest = lines.pop() as string;
      yield* lines;
    }
    if (rest !== '') yield rest;
  } finally {
    closeSync(file);
  }
}

/** Lines joined where a quoted cell goes on over the end of a line. */
function* rowsOf(lines: Iterable<string>): Generator<string> {
  let open: string | undefined;
  for (const line of lines) {
    const whole: string = open === undefined ? line : `${open}\n${line}`;
    open = whole.includes('"') && whole.split('"').length % 2 === 0 ? whole : undefined;
    if (open === undefined) yield whole.endsWith('\r') ? whole.slice(0, -1) : whole;
  }
  if (open !== undefined) yield open;
}

function cellsOf(row: string): string[] {
  if (!row.includes('"')) return row.split(',');
  const cells: string[] = [];
  CELL.lastIndex = 0;
  while (CELL.lastIndex <= row.length) {
    const match = CELL.exec(row);
    if (!match) throw new Error(`not a row of CSV: ${row.slice(0, 80)}`);
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (!match[0].endsWith(',')) break;
  }
  return cells;
}

/**
 * The rows of a CSV file with a header (RFC 4180), read as they are asked for. Names of columns are trimmed; values are
 * as they are.
 */
export function* readCsv(path: string): Generator<Row> {
  let header: string[] | undefined;
  for (const row of rowsOf(linesOf(path))) {
    if (row === '') continue;
    const cells = cellsOf(row);
    if (header) yield Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
    else header = cells.map((name) => name.replace(/^\ufeff/, '').trim());
  }
}
