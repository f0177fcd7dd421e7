import type { Mail, MailPage, MailSummary } from './mail.js';
import { readMail, summarise } from './read-mail.js';
import type { MailSummaryText } from './read-mail.js';
import type { ReceivedMail } from './received-mail.js';
import { SourceSpool } from './source-spool.js';
import type { SourcePlace } from './source-spool.js';

export interface MailLimits {
  /** Mails kept; the oldest leaves first. */
  mails: number;
  /** Bytes of memory for the index. */
  indexBytes: number;
  /** Bytes of sources on disk. */
  diskBytes: number;
  segmentBytes: number;
}

export interface MailQuery {
  /** Only mails to this address. */
  to?: string;
  /** Words that must all occur in sender, recipients, subject or preview. */
  q?: string;
  /** `nextCursor` of the page before. */
  cursor?: string;
  limit: number;
}

interface Entry {
  sequence: number;
  summary: MailSummary;
  place: SourcePlace;
  bytes: number;
}

const MEGABYTE = 1024 * 1024;
const defaults: MailLimits = {
  mails: 50_000,
  indexBytes: 72 * MEGABYTE,
  diskBytes: 512 * MEGABYTE,
  segmentBytes: 32 * MEGABYTE,
};
/** Objects, ids and dates of one entry, measured and rounded up. */
const ENTRY_BYTES = 500;
/** Dropped entries at the front of the array before it is copied without them. */
const COMPACT_AFTER = 4096;

/** The newest mails: an index in memory, sources on disk, both bounded. */
export class MailStore {
  private entries: Entry[] = [];
  private first = 0;
  private nextSequence = 1;
  private indexBytes = 0;
  private unread = 0;
  private readonly listeners = new Set<() => void>();
  /** Ids of an earlier run must not name mails of this one. */
  private readonly run = Date.now().toString(36);

  private constructor(
    private readonly limits: MailLimits,
    private readonly spool: SourceSpool,
  ) {}

  static async open(limits: Partial<MailLimits> = {}): Promise<MailStore> {
    const all = { ...defaults, ...limits };
    return new MailStore(all, await SourceSpool.open(all.segmentBytes));
  }

  async add(received: ReceivedMail): Promise<MailSummary> {
    const text = await summarise(received);
    const place = await this.spool.append(received.source);
    const sequence = this.nextSequence++;
    const summary: MailSummary = {
      ...text,
      id: `${this.run}-${sequence}`,
      date: new Date().toISOString(),
      size: received.source.length,
      seen: false,
    };
    const entry = { sequence, summary, place, bytes: memoryOf(text) };
    // Writes may finish out of order; the index stays ordered by sequence because it is taken after the write.
    this.entries.push(entry);
    this.indexBytes += entry.bytes;
    this.unread += 1;
    this.dropSurplus();
    this.changed();
    return summary;
  }

  list({ to, q, cursor, limit }: MailQuery): MailPage {
    const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const address = to?.trim().toLowerCase();
    const items: MailSummary[] = [];
    let nextCursor: string | null = null;
    for (let at = this.startOf(cursor); at >= this.first; at--) {
      const summary = this.entries[at]?.summary;
      if (!summary || !matches(summary, address, words)) continue;
      if (items.length === limit) {
        nextCursor = items.at(-1)?.id ?? null;
        break;
      }
      items.push(summary);
    }
    return { items, nextCursor, ...this.counts() };
  }

  counts(): { total: number; unread: number } {
    return { total: this.entries.length - this.first, unread: this.unread };
  }

  async mail(id: string): Promise<Mail | null> {
    const entry = this.entry(id);
    const source = entry && (await this.sourceOf(entry));
    return entry && source ? { ...entry.summary, ...(await readMail(source)) } : null;
  }

  async source(id: string): Promise<Buffer | null> {
    const entry = this.entry(id);
    return entry ? this.sourceOf(entry) : null;
  }

  /** False when there is no such mail. */
  markSeen(id: string): boolean {
    const entry = this.entry(id);
    if (!entry) return false;
    if (!entry.summary.seen) {
      entry.summary.seen = true;
      this.unread -= 1;
      this.changed();
    }
    return true;
  }

  clear(): void {
    while (this.first < this.entries.length) this.dropOldest();
    this.compact();
    this.changed();
  }

  /** Calls back after every change; returns how to stop. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): Promise<void> {
    return this.spool.close();
  }

  /** The segment may have been dropped while the reader waited for it. */
  private sourceOf(entry: Entry): Promise<Buffer | null> {
    return this.spool.read(entry.place).catch(() => null);
  }

  private entry(id: string): Entry | undefined {
    const sequence = this.sequenceOf(id);
    const oldest = this.entries[this.first];
    if (sequence === null || !oldest || sequence < oldest.sequence) return undefined;
    return this.entries[this.first + (sequence - oldest.sequence)];
  }

  private sequenceOf(id: string): number | null {
    const [run, sequence] = id.split('-');
    return run === this.run && sequence && /^\d{1,15}$/.test(sequence) ? Number(sequence) : null;
  }

  private startOf(cursor: string | undefined): number {
    const last = this.entries.length - 1;
    const sequence = cursor === undefined ? null : this.sequenceOf(cursor);
    const oldest = this.entries[this.first];
    if (cursor === undefined || !oldest) return last;
    return sequence === null ? -1 : Math.min(last, this.first + (sequence - oldest.sequence) - 1);
  }

  private dropSurplus(): void {
    const { mails, indexBytes, diskBytes } = this.limits;
    while (this.counts().total > mails || this.indexBytes > indexBytes) this.dropOldest();
    // Disk falls free a segment at a time, so at most one segment of mails goes in one turn.
    while (this.counts().total > 1 && this.spool.bytes > diskBytes) this.dropOldest();
    if (this.first > COMPACT_AFTER) this.compact();
  }

  private dropOldest(): void {
    const entry = this.entries[this.first];
    if (!entry) return;
    this.first += 1;
    this.indexBytes -= entry.bytes;
    if (!entry.summary.seen) this.unread -= 1;
    this.spool.release(entry.place);
  }

  private compact(): void {
    this.entries = this.entries.slice(this.first);
    this.first = 0;
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

function matches(summary: MailSummary, to: string | undefined, words: string[]): boolean {
  if (to && !summary.to.some((address) => address.toLowerCase() === to)) return false;
  if (words.length === 0) return true;
  const { from, fromName, subject, preview } = summary;
  const text = [from, fromName, subject, preview, ...summary.to].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

function memoryOf(text: MailSummaryText): number {
  const strings = [text.from, text.fromName, text.subject, text.preview, ...text.to];
  return ENTRY_BYTES + strings.reduce((bytes, value) => bytes + 40 + value.length * 2, 0);
}
