import { durationSchema } from '@repartee/contracts';
import { contactOutcomes, CONTACTS_KEPT } from '@repartee/profile/domain';
import { z } from 'zod';
import { keySchema, titleSchema } from './key-schema.js';

const keys = z.array(keySchema).min(1).max(1000);

/** Which offers a policy speaks of: those named in any of the lists; all of them when it is left out. */
export const selectionSchema = z
  .strictObject({
    offers: keys.optional(),
    groups: keys.optional(),
    issues: keys.optional(),
    tags: keys.optional(),
  })
  .refine((selection) => Object.values(selection).some((list) => list !== undefined), {
    message: 'names no offers, groups, issues or tags',
  });
export type OfferSelection = z.infer<typeof selectionSchema>;

const named = { key: keySchema, name: titleSchema.optional(), of: selectionSchema.optional() };

/**
 * So many outcomes within a time keep something away. What is counted together is what is kept away: the same offer, the
 * offers of one group or issue, everything on one channel, or everything.
 */
export const contactPolicySchema = z.strictObject({
  ...named,
  type: z.literal('contact'),
  outcomes: z.array(z.enum(contactOutcomes)).min(1),
  /** Only outcomes on these channels count; all of them unless told. */
  channels: keys.optional(),
  count: z.int().min(1).max(CONTACTS_KEPT),
  within: durationSchema,
  suppress: z.enum(['offer', 'group', 'issue', 'channel', 'everything']),
  /** From the outcome that was one too many; left out: until fewer than `count` are within the time. */
  for: durationSchema.optional(),
  /** Only kept away from these channels; from all unless told. */
  on: keys.optional(),
});
export type ContactPolicy = z.infer<typeof contactPolicySchema>;

/** A limit to what is offered. */
export const policySchema = z.discriminatedUnion('type', [contactPolicySchema]);
export type Policy = z.infer<typeof policySchema>;
