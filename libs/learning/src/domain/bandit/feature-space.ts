import { NumericScale } from './numeric-scale.js';
import { NumberPairs, type Place } from './number-pairs.js';
import { fnv1a } from './seeded-random.js';

/** What is known of person, context and offer. A text and `true` are categories; a number is scaled. */
export type Features = Readonly<Record<string, number | string | boolean | null | undefined>>;

/** All dimensions; 0 is the intercept. */
export const DIMENSIONS = 256;
/** Features that get a dimension to themselves; later ones share the rest by hash. */
const OWN = 192;
/** Names that are remembered; beyond it categories are hashed unseen and numbers are left out. */
const NAMES = 2048;
/** Vectors seen before pairs of numbers are looked at: means must have settled. */
const SETTLED = 200;
/** Least weight of one observation in the running length of vectors. */
const LENGTH_RATE = 0.002;

/** A feature vector as its non-zero entries, in rising order of their index. */
export interface FeatureVector {
  length: number;
  readonly indices: Int32Array;
  readonly values: Float64Array;
  /** Dimensions in use when it was made. */
  size: number;
}

/** Room for a vector. */
export function newVector(): FeatureVector {
  return { length: 0, indices: new Int32Array(DIMENSIONS), values: new Float64Array(DIMENSIONS), size: 1 };
}

interface Slot extends Place {
  readonly scale: NumericScale | null;
  /** Of a number among the numbers; −1 of others. */
  readonly rank: number;
}

export interface StoredFeatureSpace {
  names: [name: string, index: number, scale: [number, number, number] | null][];
  used: number;
  vectors: number;
  squaredLength: number;
}

/**
 * Turns features into vectors of bounded length. The first features have dimensions of their own, later ones share by signed
 * hashing (Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009). Of few numbers the pairs are
 * features too (see {@link NumberPairs}). Vectors are divided by the
 * running root mean square of their length, so that a prior means the same whether there are five features or eighty.
 */
export class FeatureSpace {
  private readonly slots = new Map<string, Slot>();
  private readonly pairs = new NumberPairs();
  private used = 1;
  private vectors = 0;
  private squaredLength = 0;
  private readonly dense = new Float64Array(DIMENSIONS);
  private readonly vector = newVector();

  /** Dimensions in use. */
  get size(): number {
    return this.used;
  }

  /** Takes in the names and the scales of an observation, in the order of their names, and encodes it. */
  observe(features: Features): FeatureVector {
    for (const key of Object.keys(features).sort()) {
      const value = features[key];
      const name = nameOf(key, value);
      if (name === null) continue;
      const slot = this.slots.get(name) ?? this.add(name, typeof value === 'number');
      if (typeof value === 'number') slot?.scale?.observe(value);
    }
    this.fill(features, this.vectors >= SETTLED ? (name) => this.add(name, false) : undefined);
    let squares = 0;
    for (let index = 1; index < this.used; index += 1) squares += this.dense[index]! ** 2;
    this.vectors += 1;
    this.squaredLength += (squares - this.squaredLength) * Math.max(1 / this.vectors, LENGTH_RATE);
    return this.pack(this.vector);
  }

  /** The vector of these features; without `into` in a room that the next call uses again. */
  encode(features: Features, into = this.vector): FeatureVector {
    this.fill(features);
    return this.pack(into);
  }

  private pack(vector: FeatureVector): FeatureVector {
    const { dense } = this;
    const factor = this.squaredLength > 0 ? 1 / Math.sqrt(this.squaredLength) : 1;
    vector.indices[0] = 0;
    vector.values[0] = 1;
    vector.length = 1;
    vector.size = this.used;
    for (let index = 1; index < this.used; index += 1) {
      const value = dense[index]!;
      if (value === 0) continue;
      vector.indices[vector.length] = index;
      vector.values[vector.length] = value * factor;
      vector.length += 1;
    }
    return vector;
  }

  store(): StoredFeatureSpace {
    const names = [...this.slots].map(([name, { index, scale }]): StoredFeatureSpace['names'][number] => [
      name,
      index,
      scale && [scale.count, scale.mean, scale.squares],
    ]);
    return { names, used: this.used, vectors: this.vectors, squaredLength: this.squaredLength };
  }

  static restore(stored: StoredFeatureSpace): FeatureSpace {
    const space = new FeatureSpace();
    for (const [name, index, scale] of stored.names)
      space.place(name, index, scale && new NumericScale(...scale));
    space.pairs.restore((name) => space.slots.get(name));
    space.used = stored.used;
    space.vectors = stored.vectors;
    space.squaredLength = stored.squaredLength;
    return space;
  }

  private fill(features: Features, make?: (name: string) => Place | undefined): void {
    const { dense, pairs } = this;
    dense.fill(0, 0, this.used);
    pairs.clear();
    for (const key in features) {
      const value = features[key];
      const name = nameOf(key, value);
      if (name === null) continue;
      const slot = this.slots.get(name);
      if (slot?.scale) {
        dense[slot.index]! += slot.sign * slot.scale.scale(value as number);
        pairs.see(slot.rank, value as number);
      } else if (slot) dense[slot.index]! += slot.sign;
      else if (this.used === DIMENSIONS && typeof value !== 'number') {
        const index = bucketOf(name);
        dense[index]! += signOf(name, index);
      }
    }
    pairs.forEach(({ index, sign }) => (dense[index]! += sign), make);
  }

  private place(name: string, index: number, scale: NumericScale | null): Slot {
    const rank = scale ? this.pairs.add(name, scale) : -1;
    const slot = { index, sign: signOf(name, index), scale, rank };
    this.slots.set(name, slot);
    return slot;
  }

  private add(name: string, numeric: boolean): Slot | undefined {
    if (this.slots.size >= NAMES) return undefined;
    const index = this.used < OWN ? this.used : bucketOf(name);
    if (index >= OWN) this.used = DIMENSIONS;
    else this.used += 1;
    return this.place(name, index, numeric ? new NumericScale() : null);
  }
}

/** A number's name is its own; a category's has its value; null for what says nothing. */
function nameOf(key: string, value: Features[string]): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? key : null;
  if (typeof value === 'string') return `${key}=${value}`;
  return value === true ? `${key}=true` : null;
}

function bucketOf(name: string): number {
  return OWN + (fnv1a(name) % (DIMENSIONS - OWN));
}

/** Shared dimensions are signed, so that collisions cancel on average. */
function signOf(name: string, index: number): number {
  return index < OWN || (fnv1a(`${name}#`) & 1) === 0 ? 1 : -1;
}
