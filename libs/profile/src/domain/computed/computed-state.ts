import { valuesAt } from '../path.js';
import type { RecordEvent } from '../record-event.js';
import { type Algebra, algebraOf, type Cell, isBucketed, scalars } from './algebra.js';
import type { ComputedTrait, RollingWindow } from './computed-trait.js';

/**
 * What is kept of a computed trait: cells by the number of their bucket (0 for all time); for lists of values, when
 * each value (as JSON) was last seen.
 */
export type ComputedState = Readonly<Record<string, Cell | number>>;

/** Values of which a distinct count knows; beyond, it says so many. */
const MAX_DISTINCT = 1000;

/**
 * Brings an event into a computed trait. The same object where the event does not count.
 * @param view what filters see of the event: {@link eventView}, once for all traits
 */
export function compute(
  state: ComputedState | undefined,
  event: RecordEvent,
  trait: ComputedTrait,
  view: object,
): ComputedState | undefined {
  if (trait.where && trait.where.evaluate({ event: view }).value !== true) return state;
  if (trait.currency !== undefined && currencyOf(event, trait.currency) !== trait.currency) return state;
  const values = trait.path.length > 0 ? valuesAt(event.payload, trait.path) : [];
  if (isBucketed(trait.op)) return count(state, event, trait, algebraOf(trait.op), values);
  const seen = scalars(values).map((value) => [JSON.stringify(value), event.occurredAt] as const);
  return seen.length > 0 ? joinComputed(state ?? {}, Object.fromEntries(seen), trait) : state;
}

function count(
  state: ComputedState | undefined,
  event: RecordEvent,
  { window }: ComputedTrait,
  algebra: Algebra<Cell>,
  values: unknown[],
): ComputedState | undefined {
  const cell = algebra.of(values, { at: event.occurredAt, id: event.id });
  if (!cell) return state;
  const bucket = bucketOf(event.occurredAt, window);
  const held = state?.[bucket] as Cell | undefined;
  const next = { ...state, [bucket]: held ? algebra.join(held, cell) : cell };
  return held ? next : withinWindow(next, window);
}

/** What filters see of an event. */
export function eventView(event: RecordEvent): object {
  const { type, name, source, occurredAt, payload } = event;
  return {
    type,
    name,
    source,
    at: new Date(occurredAt),
    properties: payload['properties'] ?? {},
    traits: payload['traits'] ?? {},
    context: payload['context'] ?? {},
  };
}

function currencyOf(event: RecordEvent, otherwise: string): string {
  const [stated] = valuesAt(event.payload, ['properties', 'currency']);
  return typeof stated === 'string' && stated !== '' ? stated.toUpperCase() : otherwise;
}

function bucketOf(at: number, window: RollingWindow | undefined): number {
  return window ? Math.floor(at / window.bucket) : 0;
}

/** Joins what was computed of different events: another day, or another person who turns out to be the same. */
export function joinComputed(a: ComputedState, b: ComputedState, trait: ComputedTrait): ComputedState {
  const { op } = trait;
  const joined: Record<string, Cell | number> = { ...a };
  for (const [key, other] of Object.entries(b)) {
    const held = Object.hasOwn(joined, key) ? joined[key] : undefined;
    joined[key] =
      held === undefined
        ? other
        : isBucketed(op)
          ? algebraOf(op).join(held as Cell, other as Cell)
          : Math.max(held as number, other as number);
  }
  return isBucketed(op) ? withinWindow(joined, trait.window) : newest(joined, keptValues(trait));
}

/** Buckets that no reader at or after the newest event can see are dropped. */
function withinWindow(
  state: Record<string, Cell | number>,
  window: RollingWindow | undefined,
): ComputedState {
  const buckets = Object.keys(state).map(Number);
  if (!window || buckets.length <= 1) return state;
  const oldest = Math.max(...buckets) - window.buckets;
  if (buckets.every((bucket) => bucket > oldest)) return state;
  return Object.fromEntries(Object.entries(state).filter(([bucket]) => Number(bucket) > oldest));
}

function keptValues({ op, limit }: ComputedTrait): number {
  return op === 'list' ? limit : MAX_DISTINCT;
}

/** The values seen last. Which they are does not hang on the order of arrival: a value's time only rises. */
function newest(state: Record<string, Cell | number>, limit: number): ComputedState {
  const values = Object.entries(state as Record<string, number>);
  return values.length <= limit ? state : Object.fromEntries(values.sort(byTime).slice(0, limit));
}

function byTime([a, atA]: [string, number], [b, atB]: [string, number]): number {
  return atB - atA || (a < b ? -1 : 1);
}

/**
 * What a computed trait says at a moment.
 * @param now milliseconds since the epoch
 * @returns undefined where nothing can be said: no average of no values
 */
export function readComputed(state: ComputedState | undefined, trait: ComputedTrait, now: number): unknown {
  const { op, window } = trait;
  const from = window ? bucketOf(now, window) - window.buckets + 1 : Number.NEGATIVE_INFINITY;
  if (!isBucketed(op)) {
    const since = window ? from * window.bucket : from;
    const seen = Object.entries((state ?? {}) as Record<string, number>)
      .filter(([, at]) => at >= since)
      .sort(byTime);
    return op === 'distinct' ? seen.length : seen.map(([value]) => JSON.parse(value) as unknown);
  }
  const algebra = algebraOf(op);
  const cells = Object.entries(state ?? {}).filter(([bucket]) => Number(bucket) >= from);
  const joined = cells
    .map(([, cell]) => cell as Cell)
    .reduce<Cell | undefined>((a, b) => (a ? algebra.join(a, b) : b), undefined);
  return algebra.read(joined, now, trait);
}
