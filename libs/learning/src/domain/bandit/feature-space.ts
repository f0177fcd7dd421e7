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
  /** In the order in which they were given. */
  private readonly slots: [name: string, slot: Slot][] = [];
  private readonly numbers = new Map<string, Slot>();
  private readonly categories = new Map<string, Slot>();
  /** Categories that were met, by key and value: their names need not be put together again. */
  private readonly met = new Map<string, Map<string, Slot>>();
  private readonly pairs = new NumberPairs();
  private used = 1;
  private vectors = 0;
  private squaredLength = 0;
  /** Where the features lie that were looked up last, and their values, 1 for a category; as many as `count`. */
  private readonly found: Slot[] = [];
  private readonly values: number[] = [];
  private count = 0;
  private readonly dense = new Float64Array(DIMENSIONS);
  private readonly vector = newVector();

  /** Dimensions in use. */
  get size(): number {
    return this.used;
  }

  /** Takes in the names and the scales of an observation, new names in their order, and encodes it. */
  observe(features: Features): FeatureVector {
    if (!this.find(features) && this.slots.length < NAMES) {
      this.takeIn(features);
      this.find(features);
    }
    for (let at = 0; at < this.count; at += 1) this.found[at]!.scale?.observe(this.values[at]!);
    this.fill(this.vectors >= SETTLED ? (name) => this.add(name, false) : undefined);
    let squares = 0;
    for (let index = 1; index < this.used; index += 1) squares += this.dense[index]! ** 2;
    this.vectors += 1;
    this.squaredLength += (squares - this.squaredLength) * Math.max(1 / this.vectors, LENGTH_RATE);
    return this.pack(this.vector);
  }

  /** The vector of these features; without `into` in a room that the next call uses again. */
  encode(features: Features, into = this.vector): FeatureVector {
    this.find(features);
    this.fill();
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
    const names = this.slots.map(([name, { index, scale }]): StoredFeatureSpace['names'][number] => [
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
    space.pairs.restore((name) => space.categories.get(name));
    space.used = stored.used;
    space.vectors = stored.vectors;
    space.squaredLength = stored.squaredLength;
    return space;
  }

  /** Looks up where features lie, into `found`; answers whether all have a place of their own. */
  private find(features: Features): boolean {
    const { found, values } = this;
    let all = true;
    let count = 0;
    for (const key in features) {
      const value = features[key];
      if (!isTelling(value)) continue;
      const slot = typeof value === 'number' ? this.numbers.get(key) : this.categoryOf(key, String(value));
      if (!slot) all = false;
      const place = slot ?? (typeof value === 'number' ? undefined : this.unseen(nameOf(key, value)));
      if (!place) continue;
      found[count] = place;
      values[count] = typeof value === 'number' ? value : 1;
      count += 1;
    }
    this.count = count;
    return all;
  }

  private takeIn(features: Features): void {
    for (const key of Object.keys(features).sort()) {
      const value = features[key];
      if (!isTelling(value)) continue;
      const numeric = typeof value === 'number';
      const name = nameOf(key, value);
      if (!(numeric ? this.numbers : this.categories).has(name)) this.add(name, numeric);
    }
  }

  private categoryOf(key: string, value: string): Slot | undefined {
    const known = this.met.get(key)?.get(value);
    if (known) return known;
    const slot = this.categories.get(nameOf(key, value));
    if (!slot) return undefined;
    if (!this.met.has(key)) this.met.set(key, new Map());
    this.met.get(key)!.set(value, slot);
    return slot;
  }

  /** The bucket of a category that has no name here; none while there are dimensions left. */
  private unseen(name: string): Slot | undefined {
    if (this.used < DIMENSIONS) return undefined;
    const index = bucketOf(name);
    return { index, sign: signOf(name, index), scale: null, rank: -1 };
  }

  /** What was found, into `dense`. */
  private fill(make?: (name: string) => Place | undefined): void {
    const { dense, pairs, found, values } = this;
    dense.fill(0, 0, this.used);
    pairs.clear();
    for (let at = 0; at < this.count; at += 1) {
      const { index, sign, scale, rank } = found[at]!;
      if (scale === null) {
        dense[index]! += sign;
        continue;
      }
      dense[index]! += sign * scale.scale(values[at]!);
      pairs.see(rank, values[at]!);
    }
    pairs.forEach(({ index, sign }) => (dense[index]! += sign), make);
  }

  private place(name: string, index: number, scale: NumericScale | null): Slot {
    const rank = scale ? this.pairs.add(name, scale) : -1;
    const slot = { index, sign: signOf(name, index), scale, rank };
    this.slots.push([name, slot]);
    (scale ? this.numbers : this.categories).set(name, slot);
    return slot;
  }

  private add(name: string, numeric: boolean): Slot | undefined {
    if (this.slots.length >= NAMES) return undefined;
    const index = this.used < OWN ? this.used : bucketOf(name);
    if (index >= OWN) this.used = DIMENSIONS;
    else this.used += 1;
    return this.place(name, index, numeric ? new NumericScale() : null);
  }
}

/** Whether a value says anything: a finite number, a text, or that something holds. */
function isTelling(value: Features[string]): value is number | string | true {
  return typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' || value === true;
}

/** A number's name is its own; a category's has its value. */
function nameOf(key: string, value: number | string | true): string {
  return typeof value === 'number' ? key : `${key}=${value}`;
}

function bucketOf(name: string): number {
  return OWN + (fnv1a(name) % (DIMENSIONS - OWN));
}

/** Shared dimensions are signed, so that collisions cancel on average. */
function signOf(name: string, index: number): number {
  return index < OWN || (fnv1a(`${name}#`) & 1) === 0 ? 1 : -1;
}
