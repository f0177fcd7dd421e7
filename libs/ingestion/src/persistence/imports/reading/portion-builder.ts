import { createHash } from 'node:crypto';
import { admitEvent } from '../../../domain/admit-event.js';
import type { Encoding, Mapping } from '../../../domain/imports/mapping.js';
import type { FileLayout } from '../../../domain/imports/rejected-file.js';
import type { MappedRow, RowEvent, RowMapper } from '../../../domain/imports/row-mapper.js';
import type { CsvLayout } from './csv-layout.js';
import type { Place, ReadRecord } from './read-record.js';

/** What is read, and from where on. */
export interface ReadPlan {
  importId: string;
  path: string;
  source: string;
  format: 'csv' | 'ndjson';
  mapping: Mapping;
  /** Where the last portion ended; the beginning of the file without. */
  from?: Place;
  /** Rows of a portion. */
  most?: number;
}

/** A row that did not become events. */
export interface RefusedRow {
  line: number;
  column: string | null;
  reason: string;
  /** As it came; cut where it is very long. */
  raw: string;
}

/** Some rows, ready to be written at one go. */
export interface Portion {
  /** JSON list of what the log stores of each event, as UTF-8 that can be handed to another thread; see {@link IncomingEvent}. */
  events: Uint8Array<ArrayBuffer>;
  eventCount: number;
  /** Events that a row before them had become already. */
  repeated: number;
  /** Rows of which each became at least one event. */
  accepted: number;
  refused: RefusedRow[];
  /** Where reading goes on after it. */
  place: Place;
  /** Bytes of the file itself read so far. */
  bytesRead: number;
  /** How a CSV file is written. */
  layout?: FileLayout;
}

/** An event on its way to the log. */
export interface IncomingEvent {
  lane: number;
  message_id: string;
  /** Digest of what makes it this event, as a UUID. */
  key: string;
  type: string;
  name: string | null;
  occurred_at: string;
  payload: unknown;
}

/** What is known of a file before its first row. */
export interface Opened {
  encoding: Encoding;
  /** Where its rows begin. */
  place: Place;
  mapper: RowMapper;
  layout: CsvLayout | undefined;
}

const MAX_ROWS = 2000;
const MAX_TEXT = 512 * 1024;
const KEPT = 64 * 1024;

/** Gathers rows until a portion is full. */
export class PortionBuilder {
  private events: string[] = [];
  private keys = new Set<string>();
  private textLength = 0;
  private rows = 0;
  private accepted = 0;
  private repeated = 0;
  private refused: RefusedRow[] = [];

  private place: Place;
  private readonly width: number | undefined;
  private readonly layout: FileLayout | undefined;

  constructor(
    private readonly plan: ReadPlan,
    private readonly opened: Opened,
    private readonly now: () => number,
  ) {
    this.place = opened.place;
    const { layout } = opened;
    this.width = layout?.columns.length;
    this.layout = layout && { delimiter: layout.delimiter, quote: layout.quote, header: layout.header };
  }

  get full(): boolean {
    return this.rows >= (this.plan.most ?? MAX_ROWS) || this.textLength >= MAX_TEXT;
  }

  get filled(): boolean {
    return this.rows > 0;
  }

  get line(): number {
    return this.place.line;
  }

  take(record: ReadRecord): void {
    this.place = { offset: record.end, line: record.nextLine };
    this.rows += 1;
    const events: string[] = [];
    const refusal = this.refusalOf(record, events);
    if (refusal) {
      const raw = record.raw().toString('utf8', 0, KEPT);
      this.textLength += raw.length;
      this.refused.push({ line: record.line, column: refusal.column ?? null, reason: refusal.reason, raw });
      return;
    }
    this.accepted += 1;
    for (const event of events) {
      this.events.push(event);
      this.textLength += event.length;
    }
  }

  build(bytesRead: number): Portion {
    const { events, repeated, accepted, refused, place, layout } = this;
    this.events = [];
    this.keys.clear();
    this.refused = [];
    this.accepted = this.repeated = this.rows = this.textLength = 0;
    return {
      events: new TextEncoder().encode(`[${events.join(',')}]`) as Uint8Array<ArrayBuffer>,
      eventCount: events.length,
      repeated,
      accepted,
      refused,
      place,
      bytesRead,
      layout,
    };
  }

  private refusalOf(record: ReadRecord, events: string[]): { column?: string; reason: string } | undefined {
    const { flaw, value, line } = record;
    if (flaw !== undefined) return { reason: flaw };
    const ragged = this.width !== undefined && raggedness(value as string[], this.width);
    if (ragged) return { reason: ragged };
    const mapped = this.mapped(value, line);
    if ('refused' in mapped) return mapped.refused;
    if (mapped.events.length === 0) return { reason: 'holds nothing that becomes an event' };
    const keys: string[] = [];
    for (const event of mapped.events) {
      const admitted = this.admit(event, line);
      if (typeof admitted !== 'string') return admitted;
      const key = admitted.slice(8, 44);
      keys.push(key);
      if (!this.keys.has(key)) events.push(admitted);
    }
    for (const key of keys) this.keys.add(key);
    this.repeated += keys.length - events.length;
    return undefined;
  }

  private mapped(value: unknown, line: number): MappedRow {
    try {
      return this.opened.mapper(value, line);
    } catch (error) {
      // Nesting that overflows the writer of JSON.
      if (error instanceof RangeError) return { refused: { reason: 'is nested too deep' } };
      throw error;
    }
  }

  /** The event as the log takes it, or why the log refuses it. */
  private admit({ body, key, person }: RowEvent, line: number): string | { reason: string } {
    const { source, importId } = this.plan;
    const digest = digestOf(source, key);
    const messageId = `import:${digest.toString('base64url')}`;
    const context = { ...(body['context'] as object | undefined), import: { id: importId, line } };
    const anonymous = person !== undefined && {
      anonymousId: `import:${digestOf(source, person).toString('base64url')}`,
    };
    const envelope = { source, verified: true, receivedAt: this.now() };
    const admission = admitEvent({ ...body, ...anonymous, context, messageId }, envelope, '');
    if ('rejected' in admission) {
      const [error] = admission.rejected.errors;
      return { reason: `${error?.pointer ?? '#'} ${error?.detail ?? 'is not accepted'}` };
    }
    const { lane, type, name, occurredAt, payload } = admission.admitted;
    if (payload.includes('\ufffd'))
      return { reason: 'holds bytes that are no text in the encoding of the file' };
    const rest = JSON.stringify({
      lane,
      message_id: messageId,
      type,
      name,
      occurred_at: new Date(occurredAt),
    });
    return `{"key":"${uuidOf(digest)}",${rest.slice(1, -1)},"payload":${payload}}`;
  }
}

function raggedness(cells: readonly string[], width: number): string | undefined {
  if (cells.length < width) return `has ${cells.length} cells where the header has ${width}`;
  const extra = cells.slice(width).some((cell) => cell.trim() !== '');
  return extra ? `has ${cells.length} cells where the header has ${width}` : undefined;
}

/** 128 bits of SHA-256: enough that no two rows of all files share one. */
function digestOf(source: string, key: string): Buffer {
  return createHash('sha256').update(source).update('\0').update(key).digest().subarray(0, 16);
}

function uuidOf(digest: Buffer): string {
  const hex = digest.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
