import { z } from 'zod';

const call = z.custom<unknown>((value) => typeof value === 'function', 'must be a function');

/** What a value must have at least to be run as a connector; TypeScript checks the rest where it was written. */
const shape = z.object({
  name: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be kebab-case'),
  channel: z.string().min(1),
  sdk: z.string(),
  stability: z.enum(['experimental', 'beta', 'stable']),
  settings: z.custom<z.ZodObject>((value) => value instanceof z.ZodObject, 'must be an object schema of zod'),
  capabilities: z.object({
    receipts: z.boolean(),
    reconcile: z.enum(['query', 'evidence', 'none']),
    ratePerSecond: z.number().positive().optional(),
    concurrency: z.int().positive().optional(),
    timeLimit: z.number().positive().optional(),
  }),
  treatment: z.object({ schema: z.unknown(), compile: call, render: call }).optional(),
  subscribes: z.array(z.string().min(1)).optional(),
  purposes: z.array(z.string().min(1)).optional(),
  ...Object.fromEntries(
    [
      'open',
      'close',
      'deliver',
      'deliverBatch',
      'reconcile',
      'verify',
      'receive',
      'poll',
      'present',
      'onEvent',
    ]
      .concat('checkSettings', 'forget', 'sender')
      .map((member) => [member, call.optional()]),
  ),
});

/** Why a value that came from outside of this repository cannot be run as a connector, in one line; else undefined. */
export function connectorProblem(value: unknown): string | undefined {
  const parsed = shape.safeParse(value);
  if (parsed.success) return undefined;
  const [issue] = parsed.error.issues;
  return `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not accepted'}`;
}
