import { type FailureDetail } from '@repartee/contracts';
import type { z } from 'zod';
import { type Item, itemSchema } from './item-schema.js';

/** Items told at once. */
export const MOST_ITEMS = 10_000;

/** One that was told wrongly. */
export interface RejectedItem {
  /** Its place in the list, from 0. */
  index: number;
  /** Its line, from 1, where items came as lines. */
  line?: number;
  id?: string;
  /** Pointers begin at the list. */
  errors: FailureDetail[];
}

/** Items as they were told, good and bad. */
export interface ReadItems {
  items: Item[];
  rejected: RejectedItem[];
}

/** An item before it was looked at. */
export interface ToldItem {
  value: unknown;
  line?: number;
  /** Why it is no JSON. */
  malformed?: string;
}

/** Checks each item by itself, and that none is told twice. */
export function readItems(told: readonly ToldItem[]): ReadItems {
  const read: ReadItems = { items: [], rejected: [] };
  const places = new Map<string, number>();
  told.forEach(({ value, line, malformed }, index) => {
    const at = line === undefined ? {} : { line };
    const reject = (errors: FailureDetail[]) => {
      const id = idOf(value);
      read.rejected.push({ index, ...at, ...(id !== undefined && { id }), errors });
    };
    if (malformed !== undefined) return reject([{ pointer: `#/${index}`, detail: malformed, ...at }]);
    const parsed = itemSchema.safeParse(value);
    if (!parsed.success) return reject(parsed.error.issues.flatMap((issue) => detailsOf(issue, index, at)));
    const before = places.get(parsed.data.id);
    if (before !== undefined)
      return reject([{ pointer: `#/${index}/id`, detail: `the item is told in #/${before}, too`, ...at }]);
    places.set(parsed.data.id, index);
    read.items.push(parsed.data);
  });
  return read;
}

function detailsOf(issue: z.core.$ZodIssue, index: number, at: { line?: number }): FailureDetail[] {
  const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [key.slice(0, 100)]) : [[]];
  const message = issue.code === 'unrecognized_keys' ? 'this member is not known' : issue.message;
  return paths.map((more) => ({
    pointer: ['#', index, ...issue.path, ...more].map((step) => escape(String(step))).join('/'),
    detail: message.slice(0, 500),
    ...at,
  }));
}

/** RFC 6901. */
function escape(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}

function idOf(value: unknown): string | undefined {
  const id = (value as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? id.slice(0, 200) : undefined;
}
