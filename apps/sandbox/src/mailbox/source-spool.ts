import { randomUUID } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where in the spool a source lies. */
export interface SourcePlace {
  segment: Segment;
  offset: number;
  length: number;
}

interface Segment {
  file: FileHandle;
  path: string;
  written: number;
  live: number;
}

/**
 * Sources of mails in temporary files, so that memory holds only the index. Mails leave oldest first, so whole
 * segments fall free one after the other.
 */
export class SourceSpool {
  private readonly segments = new Set<Segment>();

  private constructor(
    private current: Segment,
    private readonly segmentBytes: number,
  ) {
    this.segments.add(current);
  }

  static async open(segmentBytes: number): Promise<SourceSpool> {
    return new SourceSpool(await openSegment(), segmentBytes);
  }

  /** Bytes on disk, those of dropped mails in unfinished segments included. */
  get bytes(): number {
    let bytes = 0;
    for (const segment of this.segments) bytes += segment.written;
    return bytes;
  }

  async append(source: Buffer): Promise<SourcePlace> {
    if (this.current.written >= this.segmentBytes) await this.startSegment();
    const segment = this.current;
    const place = { segment, offset: segment.written, length: source.length };
    segment.written += source.length;
    segment.live += 1;
    await segment.file.write(source, 0, source.length, place.offset);
    return place;
  }

  async read({ segment, offset, length }: SourcePlace): Promise<Buffer> {
    const source = Buffer.alloc(length);
    await segment.file.read(source, 0, length, offset);
    return source;
  }

  release({ segment }: SourcePlace): void {
    segment.live -= 1;
    if (segment.live === 0 && segment !== this.current) void this.drop(segment);
  }

  async close(): Promise<void> {
    await Promise.all([...this.segments].map((segment) => this.drop(segment)));
  }

  private async startSegment(): Promise<void> {
    const previous = this.current;
    const next = await openSegment();
    this.segments.add(next);
    // Two mails may arrive here at once; the loser's segment is empty and goes again.
    if (this.current !== previous) return this.drop(next);
    this.current = next;
    if (previous.live === 0) await this.drop(previous);
  }

  private async drop(segment: Segment): Promise<void> {
    if (!this.segments.delete(segment)) return;
    await segment.file.close();
    await unlink(segment.path).catch(() => undefined);
  }
}

async function openSegment(): Promise<Segment> {
  const path = join(tmpdir(), `repartee-sandbox-${randomUUID()}.mail`);
  const file = await open(path, 'wx+', 0o600);
  // An unlinked file lives as long as it is open: a killed process leaves nothing behind. Windows refuses.
  await unlink(path).catch(() => undefined);
  return { file, path, written: 0, live: 0 };
}
