import type { StandardFields } from '../standard-fields.js';
import { blockingKeys } from './blocking-keys.js';

/**
 * Records in a block at most. A larger block says too little to compare by: it links nobody. Whether records come one
 * by one or all at once, the same blocks link; what a block linked before it grew is taken back.
 */
export const LARGEST_BLOCK = 24;

/** Two records by their position, `a < b`, packed in one number. */
export interface CandidatePairs {
  /** `a * size + b`, ascending, each once. */
  readonly codes: Float64Array;
  readonly size: number;
  /** Blocks that were too large to link anybody. */
  readonly tooLarge: number;
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

/** The pairs of the blocks so far. */
class PairCollector {
  readonly pairs = new NumberList();
  private compactAt = 1 << 22;

  constructor(private readonly size: number) {}

  /** Compares all members of a block; they ascend. */
  block(members: readonly number[]): void {
    for (let i = 0; i < members.length; i++)
      for (let j = i + 1; j < members.length; j++)
        this.pairs.push((members[i] as number) * this.size + (members[j] as number));
    if (this.pairs.size < this.compactAt) return;
    this.pairs.compact();
    this.compactAt = Math.max(this.compactAt, this.pairs.size * 2);
  }
}

/**
 * The pairs of records that share a blocking key whose block is not too large.
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
  const collector = new PairCollector(size);
  let tooLarge = 0;
  for (let start = 0; start < entries.length;) {
    const hash = Math.floor((entries[start] as number) / stride);
    let end = start + 1;
    while (end < entries.length && Math.floor((entries[end] as number) / stride) === hash) end++;
    if (end - start > largest) tooLarge++;
    else if (end - start > 1)
      collector.block(Array.from(entries.subarray(start, end), (entry) => entry % stride));
    start = end;
  }
  collector.pairs.compact();
  return { codes: collector.pairs.view(), size, tooLarge };
}
