import type { NumericScale } from './numeric-scale.js';

/** More numbers than these have too many pairs to learn; then there are none. */
export const MOST_PAIRED = 8;

/** A dimension, and the sign with which a value enters it. */
export interface Place {
  readonly index: number;
  readonly sign: number;
}

/**
 * Which numbers are above their means at the same time: for two such numbers their pair is a category that holds. So a
 * linear model can tell that two facts together say more than each alone.
 */
export class NumberPairs {
  private readonly numbers: { name: string; scale: NumericScale }[] = [];
  private readonly places: (Place | undefined)[] = [];
  private readonly above: number[] = [];

  /** The rank of a number, by which {@link see} knows it. */
  add(name: string, scale: NumericScale): number {
    return this.numbers.push({ name, scale }) - 1;
  }

  /** Begins a vector. */
  clear(): void {
    this.above.length = 0;
  }

  /** A number of the vector. */
  see(rank: number, value: number): void {
    if (rank < MOST_PAIRED && value > this.numbers[rank]!.scale.mean) this.above.push(rank);
  }

  /** The places of the pairs that hold; a pair that has none is given one by `make`, or stays without. */
  forEach(take: (place: Place) => void, make?: (name: string) => Place | undefined): void {
    if (this.numbers.length > MOST_PAIRED) return;
    const above = this.above.sort((a, b) => a - b);
    for (let i = 1; i < above.length; i += 1)
      for (let j = 0; j < i; j += 1) {
        const at = above[i]! * MOST_PAIRED + above[j]!;
        const place = (this.places[at] ??= make?.(this.nameOf(above[j]!, above[i]!)));
        if (place) take(place);
      }
  }

  /** Takes up places that were given before, by their names. */
  restore(find: (name: string) => Place | undefined): void {
    const last = Math.min(this.numbers.length, MOST_PAIRED);
    for (let i = 1; i < last; i += 1)
      for (let j = 0; j < i; j += 1) this.places[i * MOST_PAIRED + j] = find(this.nameOf(j, i));
  }

  /** No feature has such a name. */
  private nameOf(one: number, other: number): string {
    return `${this.numbers[one]!.name}\0${this.numbers[other]!.name}`;
  }
}
