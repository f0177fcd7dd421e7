import { type Finding, type PlanMode, type PlannableEvent, verdictOf } from '@repartee/governance/domain';
import type { Encoding, Mapping } from '../../../domain/imports/mapping.js';
import type { FileLayout } from '../../../domain/imports/rejected-file.js';
import type { MappedRow, RowMapper } from '../../../domain/imports/row-mapper.js';
import { type AdmittedRowEvent, admitRow, type HeldEvent, type RowDesk } from './admit-row.js';
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

/** What holds while rows are read; it may change from one portion to the next. */
export interface ReadingDesk {
  /** Business time, milliseconds since the epoch. */
  now(): number;
  /** Judges an event by the tracking plan of its source. */
  judge(event: PlannableEvent): Finding | undefined;
}

/** How many events broke the tracking plan, by what becomes of them. */
export type PlanBreaks = Record<PlanMode, number>;

const noBreaks = (): PlanBreaks => ({ allow: 0, quarantine: 0, block: 0 });

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
  /** Events that the tracking plan wants in quarantine. Their rows are among those refused. */
  held: HeldEvent[];
  /** How many events broke the tracking plan. */
  breaks: PlanBreaks;
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
  private held: HeldEvent[] = [];
  private breaks = noBreaks();

  private place: Place;
  private readonly width: number | undefined;
  private readonly layout: FileLayout | undefined;
  private readonly desk: RowDesk;

  constructor(
    private readonly plan: ReadPlan,
    private readonly opened: Opened,
    desk: ReadingDesk,
  ) {
    this.desk = {
      source: plan.source,
      importId: plan.importId,
      now: () => desk.now(),
      check: (event) => {
        const finding = desk.judge(event);
        if (finding) this.breaks[finding.mode] += 1;
        return verdictOf(finding);
      },
    };
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
    for (const event of events) {
      this.events.push(event);
      this.textLength += event.length;
    }
    if (refusal) {
      const raw = record.raw().toString('utf8', 0, KEPT);
      this.textLength += raw.length;
      this.refused.push({ line: record.line, column: refusal.column ?? null, reason: refusal.reason, raw });
      return;
    }
    this.accepted += 1;
  }

  build(bytesRead: number): Portion {
    const { events, repeated, accepted, refused, held, breaks, place, layout } = this;
    this.events = [];
    this.keys.clear();
    this.refused = [];
    this.held = [];
    this.breaks = noBreaks();
    this.accepted = this.repeated = this.rows = this.textLength = 0;
    return {
      events: new TextEncoder().encode(`[${events.join(',')}]`) as Uint8Array<ArrayBuffer>,
      eventCount: events.length,
      repeated,
      accepted,
      refused,
      held,
      breaks,
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
    const admitted = mapped.events.map((event) => admitRow(event, line, this.desk));
    const refused = admitted.find((one) => 'reason' in one && !('held' in one));
    if (refused) return refused as { reason: string };
    return this.keep(admitted, events);
  }

  /** Takes what the plan lets through. What waits in quarantine does not keep the rest of its row back. */
  private keep(admitted: readonly AdmittedRowEvent[], events: string[]): { reason: string } | undefined {
    let waiting: { reason: string } | undefined;
    const keys: string[] = [];
    for (const one of admitted) {
      if ('held' in one) {
        waiting ??= one;
        this.held.push(one.held);
        this.textLength += one.held.body.length;
      } else if ('event' in one) {
        keys.push(one.key);
        if (!this.keys.has(one.key)) events.push(one.event);
      }
    }
    for (const key of keys) this.keys.add(key);
    this.repeated += keys.length - events.length;
    return waiting;
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
}

function raggedness(cells: readonly string[], width: number): string | undefined {
  if (cells.length < width) return `has ${cells.length} cells where the header has ${width}`;
  const extra = cells.slice(width).some((cell) => cell.trim() !== '');
  return extra ? `has ${cells.length} cells where the header has ${width}` : undefined;
}
