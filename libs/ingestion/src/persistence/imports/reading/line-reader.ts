import type { Place, ReadRecord, RecordReader } from './read-record.js';

const NEWLINE = 0x0a;
const MAX_LINE = 1024 * 1024;
/** So much of a line that is too long is kept to show. */
const KEPT = 64 * 1024;

/** NDJSON: one JSON document a line. Blank lines are passed over; a line past 1 MiB is refused without being held. */
export class LineReader implements RecordReader {
  private held: Buffer[] = [];
  private heldLength = 0;
  private tooLong = false;
  private offset: number;
  private line: number;

  constructor(place: Place) {
    this.offset = place.offset;
    this.line = place.line;
  }

  feed(piece: Buffer): Promise<ReadRecord[]> {
    const records: ReadRecord[] = [];
    let from = 0;
    for (;;) {
      const newline = piece.indexOf(NEWLINE, from);
      if (newline < 0) break;
      this.hold(piece.subarray(from, newline));
      this.offset += newline + 1 - from;
      this.take(records, 1);
      from = newline + 1;
    }
    this.hold(piece.subarray(from));
    this.offset += piece.length - from;
    return Promise.resolve(records);
  }

  end(): Promise<ReadRecord[]> {
    const records: ReadRecord[] = [];
    this.take(records, 0);
    return Promise.resolve(records);
  }

  private hold(part: Buffer): void {
    if (this.heldLength + part.length > MAX_LINE) this.tooLong = true;
    if (this.tooLong && this.heldLength >= KEPT) return;
    this.held.push(part);
    this.heldLength += part.length;
  }

  private take(records: ReadRecord[], lines: number): void {
    const { line, offset: end, tooLong } = this;
    const raw = this.held.length === 1 ? (this.held[0] as Buffer) : Buffer.concat(this.held);
    this.held = [];
    this.heldLength = 0;
    this.tooLong = false;
    this.line += lines;
    const at = { line, nextLine: this.line, end };
    if (tooLong) {
      const kept = Buffer.from(raw.subarray(0, KEPT));
      records.push({ ...at, raw: () => kept, flaw: `the line is longer than ${MAX_LINE} bytes` });
      return;
    }
    const text = raw.toString('utf8');
    if (text.trim() === '') return;
    records.push({ ...at, raw: () => raw, ...parsed(text) });
  }
}

function parsed(text: string): Pick<ReadRecord, 'value' | 'flaw'> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value };
    return { flaw: 'is JSON, but no object' };
  } catch {
    return { flaw: 'is not JSON' };
  }
}
