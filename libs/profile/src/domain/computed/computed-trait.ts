import { z } from 'zod';
import type { Rule } from '../rule.js';
import type { ComputedType } from '../rule-types.js';

export const computedOps = [
  'count',
  'sum',
  'min',
  'max',
  'average',
  'first',
  'last',
  'distinct',
  'list',
  'recency',
  'frequency',
  'monetary',
  'rfm',
] as const;
export type ComputedOp = (typeof computedOps)[number];

/** Ops that read a value of the event, and those that read none. */
const NEEDS_VALUE: ReadonlySet<ComputedOp> = new Set([
  'sum',
  'min',
  'max',
  'average',
  'first',
  'last',
  'distinct',
  'list',
  'monetary',
  'rfm',
]);

const limits = z.array(z.number()).length(4);
const key = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9_]*$/, 'must be a lower-case word of letters, digits and underscores');
const window = z
  .string()
  .regex(/^([1-9]\d{0,3})(h|d)$|^all$/, 'must be hours or days as 24h or 30d, or all')
  .default('all');

/** A computed trait as it is written. */
export const computedTraitSchema = z
  .strictObject({
    key,
    name: z.string().max(200).optional(),
    /** Events that count, by name; `where` is CEL over `event`. */
    from: z.strictObject({
      event: z.string().min(1).max(512),
      where: z.string().min(1).max(2000).optional(),
    }),
    op: z.enum(computedOps),
    /** Where the value is, as `properties.total`. A list on the way gives all values in it. */
    of: z
      .string()
      .max(200)
      .regex(/^[^.\s]+(\.[^.\s]+)*$/, 'must be names with dots between them')
      .optional(),
    window,
    /** Only amounts in this currency (ISO 4217); an amount that states none is taken to be in it. */
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be three capital letters')
      .optional(),
    /** For `list`: how many values are kept, the latest first. */
    limit: z.int().min(1).max(200).default(50),
    /** For `rfm`: from which days, counts and amounts on the next score is given, from 5 downwards for days. */
    scores: z
      .strictObject({ recency: limits, frequency: limits, monetary: limits })
      .default({ recency: [7, 30, 90, 180], frequency: [2, 4, 8, 16], monetary: [50, 100, 250, 500] }),
  })
  .superRefine(({ op, of, window: span }, ctx) => {
    if (NEEDS_VALUE.has(op) && of === undefined)
      ctx.addIssue({ code: 'custom', path: ['of'], message: `${op} needs the place of a value` });
    if (!NEEDS_VALUE.has(op) && of !== undefined)
      ctx.addIssue({ code: 'custom', path: ['of'], message: `${op} reads no value` });
    if (op === 'recency' && span !== 'all')
      ctx.addIssue({ code: 'custom', path: ['window'], message: 'recency looks back without end' });
  });
export type ComputedTraitDocument = z.infer<typeof computedTraitSchema>;

/** A rolling window of so many buckets, the current one included; buckets begin at multiples of their length (UTC). */
export interface RollingWindow {
  readonly buckets: number;
  /** Milliseconds. */
  readonly bucket: number;
}

/** A computed trait ready to use. */
export interface ComputedTrait extends Omit<ComputedTraitDocument, 'window' | 'of'> {
  readonly path: readonly string[];
  readonly where?: Rule;
  /** Absent for all time. */
  readonly window?: RollingWindow;
  /** Revision of the trait book that brought it: records of older revisions do not have it yet. */
  readonly revision: number;
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Windows in days count calendar days (UTC); windows in hours, whole hours. Both include the current one. */
export function rollingWindow(text: string): RollingWindow | undefined {
  if (text === 'all') return undefined;
  return { buckets: Number(text.slice(0, -1)), bucket: text.endsWith('h') ? HOUR : DAY };
}

/** What a rule may expect of the trait. */
export function typeOf(op: ComputedOp): ComputedType {
  switch (op) {
    case 'count':
    case 'distinct':
    case 'recency':
    case 'frequency':
    case 'sum':
    case 'min':
    case 'max':
    case 'average':
    case 'monetary':
      return 'double';
    case 'list':
      return 'list';
    case 'rfm':
      return 'map';
    case 'first':
    case 'last':
      return 'dyn';
  }
}
