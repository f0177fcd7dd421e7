import { createReadStream } from 'node:fs';

/** One row, by the names of its columns. */
export type Row = Record<string, string>;

const QUOTE = '"';

/** Parts text into rows of cells (RFC 4180); a quoted cell may hold commas and line breaks. */
class CellReader {
  private cells: string[] = [];
  private cell = '';
  private quoted = false;
  private quoteBefore = false;

  *read(text: string): Generator<string[]> {
    for (const char of text) {
      if (this.quoted && char !== QUOTE) this.cell += char;
      else if (char === QUOTE) this.quote();
      else if (char === ',') this.endCell();
      else if (char === '\n') yield this.endRow();
      else if (char !== '\r') this.cell += char;
      if (char !== QUOTE) this.quoteBefore = false;
    }
  }

  /** The last row, where the text does not end with a line break. */
  *end(): Generator<string[]> {
    if (this.cell !== '' || this.cells.length > 0) yield this.endRow();
  }

  private quote(): void {
    // A doubled quote inside a quoted cell is one quote.
    if (!this.quoted && this.quoteBefore) this.cell += QUOTE;
    this.quoteBefore = this.quoted;
    this.quoted = !this.quoted;
  }

  private endCell(): void {
    this.cells.push(this.cell);
    this.cell = '';
  }

  private endRow(): string[] {
    this.endCell();
    const row = this.cells;
    this.cells = [];
    return row;
  }
}

/** The rows of a CSV file with a header. Names of columns are trimmed; values are as they are. */
export async function* readCsv(path: string): AsyncGenerator<Row> {
  const reader = new CellReader();
  let header: string[] | undefined;
  const rowOf = (cells: string[]): Row | undefined => {
    if (!header) {
      header = cells.map((name) => name.replace(/^\ufeff/, '').trim());
      return undefined;
    }
    if (cells.length === 1 && cells[0] === '') return undefined;
    return Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
  };
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    for (const cells of reader.read(chunk as string)) {
      const row = rowOf(cells);
      if (row) yield row;
    }
  }
  for (const cells of reader.end()) {
    const row = rowOf(cells);
    if (row) yield row;
  }
}
