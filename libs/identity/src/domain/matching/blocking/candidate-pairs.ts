import type { StandardFields } from '../standard-fields.js';
import { blockingKeys, refinements } from './blocking-keys.js';

/** Records in a block that are all compared with each other; a larger block is parted first. */
export const LARGEST_BLOCK = 24;
/** Times a block is parted before its records are compared with their neighbours only. */
const DEEPEST = 3;

/** Two records by their position, `a < b`, packed in one number. */
export interface CandidatePairs {
  /** `a * size + b`, ascending, each once. */
  readonly codes: Float64Array;
  readonly size: number;
  /** Blocks that were parted because they were too large. */
  readonly refined: number;
  /** Blocks that stayed too large after all; their records were compared with their neighbours. */
  readonly windowed: number;
}

/** 32-bit FNV-1a, of which a table of keys needs no strings. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** A growing list of numbers outside the heap. */
class NumberList {
  private values = new Float64Array(1024);
  private length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  /** Sorts and drops repetitions. */
  compact(): void {
    const sorted = this.values.subarray(0, this.length).sort();
    let kept = 0;
    for (let i = 0; i < sorted.length; i++)
      if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[kept++] = sorted[i] as number;
    this.length = kept;
  }

  get size(): number {
    return this.length;
  }

  view(): Float64Array {
    return this.values.subarray(0, this.length);
  }
}

class PairCollector {
  readonly pairs = new NumberList();
  refined = 0;
  windowed = 0;
  private compactAt = 1 << 22;

  constructor(
    private readonly records: readonly StandardFields[],
    private readonly largest: number,
  ) {}

  add(a: number, b: number): void {
    this.pairs.push(a < b ? a * this.records.length + b : b * this.records.length + a);
    if (this.pairs.size < this.compactAt) return;
    this.pairs.compact();
    this.compactAt = Math.max(this.compactAt, this.pairs.size * 2);
  }

  /** Compares all members of a block, or parts it by what its members share beside. */
  block(members: readonly number[], depth: number): void {
    if (members.length <= this.largest) {
      for (let i = 0; i < members.length; i++)
        for (let j = i + 1; j < members.length; j++) this.add(members[i] as number, members[j] as number);
      return;
    }
    if (depth === DEEPEST) return this.window(members);
    this.refined++;
    const parts = new Map<string, number[]>();
    for (const member of members)
      for (const part of refinements(this.records[member] as StandardFields)) {
        const list = parts.get(part);
        if (list) list.push(member);
        else parts.set(part, [member]);
      }
    const parted = new Set<number>();
    for (const part of parts.values()) {
      if (part.length === members.length) continue;
      for (const member of part) parted.add(member);
      if (part.length > 1) this.block(part, depth + 1);
    }
    const left = members.filter((member) => !parted.has(member));
    if (left.length > 1) this.window(left);
  }

  /** Neighbours in the order of the records: what cannot be told apart by any key is at least chained. */
  private window(members: readonly number[]): void {
    this.windowed++;
    for (let i = 0; i < members.length; i++)
      for (let j = i + 1; j < Math.min(i + 4, members.length); j++)
        this.add(members[i] as number, members[j] as number);
  }
}

/**
 * The pairs of records that share a blocking key. No block is dropped: one above the bound is parted by further keys.
 * @param records in an order that depends on nothing but their ids, so that the pairs do not either
 */
export function candidatePairs(records: readonly StandardFields[], largest = LARGEST_BLOCK): CandidatePairs {
  const size = records.length;
  const filed = new NumberList();
  // Hash and position share the 53 bits of a whole number: 32 + 21 up to two million records, less hash beyond.
  const positionBits = Math.max(21, Math.ceil(Math.log2(size + 1)));
  const stride = 2 ** positionBits;
  const hashes = 2 ** (53 - positionBits);
  records.forEach((record, index) => {
    for (const key of blockingKeys(record)) filed.push((hashOf(key) % hashes) * stride + index);
  });
  filed.compact();
  const entries = filed.view();
  const collector = new PairCollector(records, largest);
  for (let start = 0; start < entries.length;) {
    const hash = Math.floor((entries[start] as number) / stride);
    let end = start + 1;
    while (end < entries.length && Math.floor((entries[end] as number) / stride) === hash) end++;
    if (end - start > 1)
      collector.block(
        Array.from(entries.subarray(start, end), (entry) => entry % stride),
        0,
      );
    start = end;
  }
  collector.pairs.compact();
  return { codes: collector.pairs.view(), size, refined: collector.refined, windowed: collector.windowed };
}
