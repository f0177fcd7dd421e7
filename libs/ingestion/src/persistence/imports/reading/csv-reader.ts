import { type CsvError, type Info, Parser } from 'csv-parse';
import { ImportFailure } from './import-failure.js';
import type { Place, ReadRecord, RecordReader } from './read-record.js';

/** Characters of a row; beyond it a quote was most likely never closed. */
const MAX_ROW = 256 * 1024;
/** So much of a row that cannot be read is kept to show. */
const KEPT = 64 * 1024;
/** Each row that runs away costs reading its bytes again: after so many, the file is not what it was said to be. */
const MAX_RUNAWAYS = 500;
const CR = 0x0d;
const LF = 0x0a;

export interface CsvOptions {
  delimiter: string;
  /** Null where quotes mean nothing. */
  quote: string | null;
  lineEnds: string[];
}

interface Parsed {
  cells: string[];
  /** Bytes the parser had read at its end. */
  bytes: number;
}

/**
 * CSV as RFC 4180 has it. Where the parser meets a row that it cannot read, that line alone is refused and reading
 * begins anew with the next one: the bytes since the last good row are kept for that, never more than a row may have.
 */
export class CsvReader implements RecordReader {
  private parser!: Parser;
  private parsed: Parsed[] = [];
  /** Text since the end of the last record, and where it begins. */
  private window: Buffer = Buffer.alloc(0);
  private windowStart: number;
  private line: number;
  /** Bytes of text before the first that the present parser saw. */
  private origin: number;
  private readonly lineEnd: number;
  /** A line that is too long to be held: what is left of it is passed over. */
  private passed?: ReadRecord;
  private runaways = 0;

  constructor(
    private readonly options: CsvOptions,
    place: Place,
  ) {
    this.windowStart = place.offset;
    this.line = place.line;
    this.origin = place.offset;
    this.lineEnd = options.lineEnds.includes('\r') ? CR : LF;
    this.restart();
  }

  async feed(piece: Buffer): Promise<ReadRecord[]> {
    const records: ReadRecord[] = [];
    const text = this.passed ? this.pass(piece, records) : piece;
    if (text) await this.consume(text, records, false);
    return records;
  }

  async end(): Promise<ReadRecord[]> {
    const records: ReadRecord[] = [];
    if (this.passed) records.push({ ...this.passed, end: this.windowStart });
    for (;;) {
      const error = await this.finish();
      this.collect(records);
      const rest = error && this.recover(error, records, true);
      if (!rest) return records;
      await this.consume(rest, records, true);
    }
  }

  private async consume(text: Buffer, records: ReadRecord[], over: boolean): Promise<void> {
    for (let rest: Buffer | undefined = text; rest && rest.length > 0;) {
      this.window = this.window.length === 0 ? rest : Buffer.concat([this.window, rest]);
      const error = await this.write(rest);
      this.collect(records);
      rest = error && this.recover(error, records, over);
    }
  }

  private restart(): void {
    this.origin = this.windowStart;
    this.parsed = [];
    const { quote, delimiter, lineEnds } = this.options;
    this.parser = new Parser({
      delimiter,
      quote: quote ?? false,
      escape: quote ?? null,
      record_delimiter: lineEnds,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MAX_ROW,
      // Called while the parser writes; nothing goes on to its readable side.
      on_record: (cells: string[], { bytes }: Info) => {
        this.parsed.push({ cells, bytes });
        return null;
      },
    });
    this.parser.on('error', () => undefined);
    this.parser.resume();
  }

  private write(piece: Buffer): Promise<CsvError | undefined> {
    return new Promise((resolve) => {
      this.parser.write(piece, (error) => resolve((error ?? undefined) as CsvError | undefined));
    });
  }

  private finish(): Promise<CsvError | undefined> {
    const { parser } = this;
    return new Promise((resolve) => {
      parser.once('error', (error) => resolve(error as CsvError));
      parser.once('close', () => resolve(undefined));
      parser.once('end', () => resolve(undefined));
      parser.end();
    });
  }

  /** Brings what the parser found into records, and lets go of their bytes. */
  private collect(records: ReadRecord[]): void {
    for (const { cells, bytes } of this.parsed) {
      this.dropBlankLines();
      const length = this.origin + bytes - this.windowStart;
      const raw = this.window.subarray(0, length);
      const { line } = this;
      this.drop(length, count(raw, this.lineEnd));
      records.push({ line, nextLine: this.line, end: this.windowStart, raw: () => raw, value: cells });
    }
    this.parsed = [];
  }

  /** Refuses the line at fault. @returns what is to be read again */
  private recover(error: CsvError, records: ReadRecord[], over: boolean): Buffer | undefined {
    this.dropBlankLines();
    const { window, line } = this;
    const lineEnd = window.indexOf(this.lineEnd);
    const length = lineEnd < 0 ? window.length : lineEnd + 1;
    if (window.length > KEPT && (this.runaways += 1) > MAX_RUNAWAYS)
      throw new ImportFailure('too many rows have a quote that is opened and not closed', line);
    const raw = Buffer.from(window.subarray(0, Math.min(length, KEPT)));
    this.drop(window.length, 0);
    this.windowStart += length - window.length;
    this.line += 1;
    const flaw = length > MAX_ROW ? `the line is longer than ${MAX_ROW} bytes` : reasonOf(error);
    const record = { line, nextLine: this.line, end: this.windowStart, raw: () => raw, flaw };
    if (lineEnd < 0 && !over) this.passed = record;
    else records.push(record);
    this.restart();
    return lineEnd < 0 ? undefined : window.subarray(length);
  }

  private dropBlankLines(): void {
    let blank = 0;
    while (this.window[blank] === LF || this.window[blank] === CR) blank += 1;
    if (blank > 0) this.drop(blank, count(this.window.subarray(0, blank), this.lineEnd));
  }

  private drop(bytes: number, lines: number): void {
    this.window = this.window.subarray(bytes);
    this.windowStart += bytes;
    this.line += lines;
  }

  /** Goes to the end of a line that is too long. @returns what comes after it, once it is there */
  private pass(piece: Buffer, records: ReadRecord[]): Buffer | undefined {
    const lineEnd = piece.indexOf(this.lineEnd);
    const length = lineEnd < 0 ? piece.length : lineEnd + 1;
    this.windowStart += length;
    this.origin = this.windowStart;
    if (lineEnd < 0) return undefined;
    if (this.passed) records.push({ ...this.passed, end: this.windowStart });
    this.passed = undefined;
    return piece.subarray(length);
  }
}

function count(bytes: Buffer, byte: number): number {
  let found = 0;
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) found += 1;
  return found;
}

function reasonOf(error: CsvError): string {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_MAX_RECORD_SIZE':
      return 'a quote is opened and not closed';
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'a quote is closed in the middle of a cell';
    case 'INVALID_OPENING_QUOTE':
      return 'a quote stands in the middle of a cell that does not begin with one';
    default:
      return `cannot be read as CSV: ${error.code}`;
  }
}
