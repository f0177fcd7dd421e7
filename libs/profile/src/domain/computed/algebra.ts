import { addExact, exact, LARGEST, toNumber } from './exact.js';
import type { ComputedOp, ComputedTrait } from './computed-trait.js';
import { DAY } from './computed-trait.js';

/** What one bucket of a computed trait holds, as JSON. Its shape is its operation's. */
export type Cell = readonly unknown[];

/** When an event happened. */
export interface Moment {
  at: number;
  id: string;
}

/**
 * How an operation adds up: a commutative monoid over cells, so that any order of events, any split into days and any
 * merge of people gives the same.
 */
export interface Algebra<C extends Cell> {
  /** The cell of one event, given the values at the declared place; undefined when it does not count. */
  readonly of: (values: unknown[], when: Moment) => C | undefined;
  readonly join: (a: C, b: C) => C;
  /** @param now milliseconds since the epoch */
  readonly read: (cell: C | undefined, now: number, trait: ComputedTrait) => unknown;
}

type Sum = readonly [count: number, whole: number, millionths: number];
type Extreme = readonly [value: number];
type Moments = readonly [at: number, id: string, value: unknown];
type Score = readonly [...Sum, last: number];

function numbers(values: unknown[]): number[] {
  return values
    .map((value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value))
    .filter((value): value is number => typeof value === 'number' && Math.abs(value) <= LARGEST);
}

function scalar(value: unknown): unknown {
  return typeof value === 'string' ? value.slice(0, 200) : value;
}

export function scalars(values: unknown[]): unknown[] {
  return values
    .filter((value) => ['string', 'number', 'boolean'].includes(typeof value) && value !== '')
    .map(scalar);
}

const count: Algebra<readonly [number]> = {
  of: () => [1],
  join: (a, b) => [a[0] + b[0]],
  read: (cell) => cell?.[0] ?? 0,
};

function sumOf(values: unknown[]): Sum | undefined {
  const found = numbers(values);
  return found.length === 0
    ? undefined
    : [found.length, ...found.map(exact).reduce((a, b) => addExact(a, b))];
}

function joinSums(a: Sum, b: Sum): Sum {
  return [a[0] + b[0], ...addExact([a[1], a[2]], [b[1], b[2]])];
}

function total(cell: Sum | undefined): number {
  return cell ? toNumber([cell[1], cell[2]]) : 0;
}

const sum: Algebra<Sum> = { of: sumOf, join: joinSums, read: total };

const average: Algebra<Sum> = {
  of: sumOf,
  join: joinSums,
  read: (cell) => (cell ? total(cell) / cell[0] : undefined),
};

function extreme(pick: (...values: number[]) => number): Algebra<Extreme> {
  return {
    of: (values) => {
      const found = numbers(values);
      return found.length === 0 ? undefined : [pick(...found)];
    },
    join: (a, b) => [pick(a[0], b[0])],
    read: (cell) => cell?.[0],
  };
}

function edge(wins: (a: Moments, b: Moments) => boolean): Algebra<Moments> {
  return {
    of: (values, { at, id }) => {
      const [value] = scalars(values);
      return value === undefined ? undefined : [at, id, value];
    },
    join: (a, b) => (wins(a, b) ? a : b),
    read: (cell) => cell?.[2],
  };
}

function isLater(a: Moments, b: Moments): boolean {
  return a[0] !== b[0] ? a[0] > b[0] : a[1] > b[1];
}

const recency: Algebra<readonly [number]> = {
  of: (_values, { at }) => [at],
  join: (a, b) => [Math.max(a[0], b[0])],
  read: (cell, now) => (cell ? daysBetween(cell[0], now) : undefined),
};

/** Calendar days (UTC): today is 0. */
function daysBetween(then: number, now: number): number {
  return Math.max(0, Math.floor(now / DAY) - Math.floor(then / DAY));
}

/** How many of four ascending limits are reached, from 1 to 5. */
function grade(value: number, limits: number[]): number {
  return 1 + limits.filter((limit) => value >= limit).length;
}

/** Recency, frequency and monetary value with scores from 1 to 5 (Hughes, "Strategic Database Marketing", 1994). */
const rfm: Algebra<Score> = {
  of: (values, { at }) => {
    const [, whole, millionths] = sumOf(values) ?? [0, 0, 0];
    return [1, whole, millionths, at];
  },
  join: (a, b) => [...joinSums([a[0], a[1], a[2]], [b[0], b[1], b[2]]), Math.max(a[3], b[3])],
  read: (cell, now, { scores }) => {
    if (!cell) return undefined;
    const [frequency, whole, millionths, last] = cell;
    const monetary = toNumber([whole, millionths]);
    const days = daysBetween(last, now);
    const r = 6 - grade(days, scores.recency);
    const f = grade(frequency, scores.frequency);
    const m = grade(monetary, scores.monetary);
    return { recency: days, frequency, monetary, r, f, m, score: `${r}${f}${m}` };
  },
};

/** Every operation that is kept in buckets; lists keep the time of each value instead. */
const algebras = {
  count,
  frequency: count,
  sum,
  monetary: sum,
  average,
  min: extreme(Math.min),
  max: extreme(Math.max),
  first: edge((a, b) => isLater(b, a)),
  last: edge(isLater),
  recency,
  rfm,
} as const satisfies Partial<Record<ComputedOp, unknown>>;

export type BucketedOp = keyof typeof algebras;

export function isBucketed(op: ComputedOp): op is BucketedOp {
  return Object.hasOwn(algebras, op);
}

/** The algebra of an operation, for cells that it made itself. */
export function algebraOf(op: BucketedOp): Algebra<Cell> {
  return algebras[op] as unknown as Algebra<Cell>;
}
