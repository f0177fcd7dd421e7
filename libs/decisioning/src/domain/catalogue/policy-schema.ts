import { durationSchema, keySchema, messageClasses } from '@repartee/contracts';
import { contactOutcomes, CONTACTS_KEPT } from '@repartee/profile/domain';
import { z } from 'zod';
import { currencySchema, instantSchema, ruleSchema, titleSchema, zoneNameSchema } from './field-schemas.js';
import { periods } from './time-zones.js';

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

/** What each has a count of its own. */
export const capDimensions = ['person', 'offer', 'group', 'channel'] as const;
export type CapDimension = (typeof capDimensions)[number];

/**
 * A hard limit: never more than so many, or so much money, offered and not given back. Counted in the database for all
 * channels and processes.
 */
export const capPolicySchema = z
  .strictObject({
    ...named,
    type: z.literal('cap'),
    /** Only on these channels; on all of them unless told. */
    channels: keys.optional(),
    limit: z.int().min(0).max(1e12).optional(),
    /** Each time the offer's `cost` is taken from it. */
    budget: z.strictObject({ amount: z.number().min(0).max(1e9), currency: currencySchema }).optional(),
    /** One count for each of them; one for all unless told. */
    each: z.array(z.enum(capDimensions)).max(4).default([]),
    /** One count for each value of `context.…` or `profile.…`, as `context.store`. */
    property: z
      .string()
      .max(200)
      .regex(/^(context|profile)(\.[A-Za-z_][A-Za-z0-9_]*)+$/, 'must begin with context. or profile.')
      .optional(),
    /** One count for each of them, by the clock of `timeZone`; one for all time unless told. */
    period: z.enum(periods).optional(),
    timeZone: zoneNameSchema.default('UTC'),
    /** How long it is kept for an offer that was decided and not yet shown. */
    hold: durationSchema.default('15m'),
  })
  .refine(({ limit, budget }) => (limit === undefined) !== (budget === undefined), {
    path: ['limit'],
    message: 'either a limit or a budget',
  });
export type CapPolicy = z.infer<typeof capPolicySchema>;

/** At most so many of these offers, or of each of their groups or issues, in one answer or one zone of it. */
export const diversityPolicySchema = z.strictObject({
  ...named,
  type: z.literal('diversity'),
  atMost: z.int().min(1).max(50),
  each: z.enum(['group', 'issue']).optional(),
  per: z.enum(['decision', 'zone']).default('decision'),
});
export type DiversityPolicy = z.infer<typeof diversityPolicySchema>;

/** The marketer's last word: this offer, in this zone. */
export const overridePolicySchema = z.strictObject({
  key: keySchema,
  name: titleSchema.optional(),
  type: z.literal('override'),
  zone: keySchema,
  offer: keySchema,
  /** `pin`: first, if it may be shown. `force`: also against engagement and contact policies, never against hard caps. */
  mode: z.enum(['pin', 'force']).default('pin'),
  when: ruleSchema.optional(),
  validFrom: instantSchema.optional(),
  validUntil: instantSchema.optional(),
});
export type OverridePolicy = z.infer<typeof overridePolicySchema>;

/** So many of a hundred people, others each month, get what zones show to nobody in particular. */
export const controlPolicySchema = z.strictObject({
  key: keySchema,
  name: titleSchema.optional(),
  type: z.literal('control'),
  percent: z.number().min(0).max(50).default(2),
  channels: keys.optional(),
});
export type ControlPolicy = z.infer<typeof controlPolicySchema>;

/** What is in force of these offers changes only when somebody else has said yes to it. */
export const approvalPolicySchema = z.strictObject({ ...named, type: z.literal('approval') });

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day as 21:00');

/**
 * Hours of the day, by the person's clock, in which messages of a class do not leave on these channels. Without `from`
 * and `until` there are none: that is how defaults are lifted.
 */
export const quietPolicySchema = z
  .strictObject({
    key: keySchema,
    name: titleSchema.optional(),
    type: z.literal('quiet'),
    channels: keys,
    class: z.enum(messageClasses).default('marketing'),
    /** `from` later than `until` spans midnight. */
    from: timeOfDay.optional(),
    until: timeOfDay.optional(),
  })
  .refine(({ from, until }) => (from === undefined) === (until === undefined), {
    path: ['until'],
    message: 'goes together with from',
  })
  .refine(({ from, until }) => from === undefined || from !== until, {
    path: ['until'],
    message: 'must differ from from',
  });
export type QuietPolicy = z.infer<typeof quietPolicySchema>;

const share = z.number().min(0).max(20).optional();

/** How large the groups are by which the worth of models, levers and ranking is measured; one policy at most. */
export const impactPolicySchema = z.strictObject({
  key: keySchema,
  name: titleSchema.optional(),
  type: z.literal('impact'),
  /** Percent of all people in each; what is left out is as large as it is without a policy. */
  percent: z
    .strictObject({
      reference: share,
      random: share,
      'propensity-only': share,
      'no-lever': share,
      'model-control': share,
    })
    .default({}),
  /** Updates that learning has taken in before they begin. */
  after: z.int().min(0).max(1e9).default(0),
});
export type ImpactPolicy = z.infer<typeof impactPolicySchema>;

/** A limit to what is offered. */
export const policySchema = z.discriminatedUnion('type', [
  contactPolicySchema,
  capPolicySchema,
  diversityPolicySchema,
  overridePolicySchema,
  controlPolicySchema,
  approvalPolicySchema,
  impactPolicySchema,
  quietPolicySchema,
]);
export type Policy = z.infer<typeof policySchema>;
