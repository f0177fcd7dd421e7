/** Bytes of a chunk; what is longer has one of its own. */
const CHUNK = 1 << 20;
/** Empty chunks that are kept to be used again. */
const SPARE = 8;
/** The most bytes that UTF-8 takes for a code unit of UTF-16. */
const WIDEST = 3;

interface Chunk {
  bytes: Buffer;
  used: number;
  /** Pieces that are still needed. */
  pieces: number;
}

/**
 * Keeps text that waits to be written as UTF-8, piece after piece in few large chunks outside of the heap, which are used
 * again: small buffers that live for some tenths of a second bring the major collections of the heap about (docs/adr/0014-heap-bound.md).
 */
export class Arena {
  private readonly chunks = new Map<ArrayBufferLike, Chunk>();
  private readonly spare: Chunk[] = [];
  private current = this.chunk(CHUNK);

  /** The text, given in parts, as bytes that stay as they are until they are released. */
  keep(...parts: readonly string[]): Buffer {
    let length = 0;
    for (const part of parts) length += part.length;
    const chunk = this.withRoomFor(length * WIDEST);
    const start = chunk.used;
    for (const part of parts) chunk.used += chunk.bytes.write(part, chunk.used, 'utf8');
    chunk.pieces += 1;
    return chunk.bytes.subarray(start, chunk.used);
  }

  /** Bytes that nobody needs any longer. Once each. */
  release(piece: Buffer): void {
    const chunk = this.chunks.get(piece.buffer);
    if (!chunk) throw new Error('these bytes are not of this arena');
    chunk.pieces -= 1;
    if (chunk.pieces > 0) return;
    if (chunk === this.current) chunk.used = 0;
    else if (chunk.bytes.length === CHUNK && this.spare.length < SPARE) this.spare.push(chunk);
    else this.chunks.delete(piece.buffer);
  }

  private withRoomFor(bytes: number): Chunk {
    if (bytes > CHUNK) return this.chunk(bytes);
    if (this.current.used + bytes > CHUNK) {
      const next = this.spare.pop() ?? this.chunk(CHUNK);
      next.used = 0;
      this.current = next;
    }
    return this.current;
  }

  private chunk(size: number): Chunk {
    const bytes = Buffer.allocUnsafeSlow(size);
    const chunk = { bytes, used: 0, pieces: 0 };
    this.chunks.set(bytes.buffer, chunk);
    return chunk;
  }
}

/** The same bytes in the same order, those that lie side by side as one. */
export function joinNeighbours(pieces: readonly Buffer[]): Buffer[] {
  const joined: Buffer[] = [];
  let from = 0;
  for (let next = 1; next <= pieces.length; next += 1) {
    const last = pieces[next - 1]!;
    if (next < pieces.length && followsOn(last, pieces[next]!)) continue;
    const first = pieces[from]!;
    const length = last.byteOffset + last.length - first.byteOffset;
    joined.push(Buffer.from(first.buffer, first.byteOffset, length));
    from = next;
  }
  return joined;
}

function followsOn(before: Buffer, after: Buffer): boolean {
  return before.buffer === after.buffer && before.byteOffset + before.length === after.byteOffset;
}
