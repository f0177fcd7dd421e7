import { keySchema } from '@repartee/contracts';
import { z } from 'zod';
import { titleSchema, zoneNameSchema } from './field-schemas.js';
import { periods } from './time-zones.js';

const number = z.number().min(-1e9).max(1e9);

/** Something of an offer that an agent may move, step by step, and what each step costs. */
const negotiableSchema = z
  .strictObject({
    key: keySchema,
    name: titleSchema.optional(),
    /** How it stands unless it is moved, and how far it may be. */
    from: number,
    to: number,
    step: z.number().gt(0).max(1e9),
    /** In the offer's currency. */
    costPerStep: z.number().min(0).max(1e6),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'is where it begins' })
  .refine(({ from, to, step }) => isWhole(Math.abs(to - from) / step), {
    path: ['step'],
    message: 'does not lead from the one end to the other',
  });

const budgetSchema = z.strictObject({
  amount: z.number().min(0).max(1e9),
  /** One for each of them, by the clock of `timeZone`; one for all time unless told. */
  period: z.enum(periods).optional(),
  timeZone: zoneNameSchema.default('UTC'),
  /** One for each agent; one for all of them unless told. */
  each: z.literal('agent').optional(),
});

/** What agents may add to an offer, and out of which budgets. */
export const negotiationSchema = z.strictObject({
  levers: z
    .array(negotiableSchema)
    .min(1)
    .max(20)
    .refine(
      (levers) => new Set(levers.map(({ key }) => key)).size === levers.length,
      'two levers of one key',
    ),
  budgets: z.array(budgetSchema).min(1).max(4),
});

/** Whether a number of steps is one, but for what calculating with fractions adds to it. */
export function isWhole(steps: number): boolean {
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}
