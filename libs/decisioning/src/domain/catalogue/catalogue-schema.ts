import { durationSchema, keySchema } from '@repartee/contracts';
import { itemIdSchema } from '@repartee/items/domain';
import { z } from 'zod';
import { attributesSchema, attributeValuesSchema } from './attributes/attribute-schema.js';
import { recommendationSchema } from './items/recommendation-schema.js';
import { currencySchema, momentSchema, ruleSchema, titleSchema } from './field-schemas.js';
import { offerLife } from './life/offer-life-schema.js';
import { negotiationSchema } from './negotiation-schema.js';
import { policySchema } from './policy-schema.js';
import { firstNotStorable } from './storable.js';

const rule = ruleSchema;
const content = z.record(z.string(), z.unknown());
const title = titleSchema;
/** The marketer's thumb on the scale, in percent; levers of issue, group and offer add up. */
const lever = z.number().min(-100).max(1000).default(0);
/**
 * The engagement policy: may the person have it (eligibility), does it make sense now (applicability), is it good for
 * them (suitability)? Asked of the issue, then the group, then the offer.
 */
const engagement = {
  eligibility: rule.optional(),
  applicability: rule.optional(),
  suitability: rule.optional(),
};

/** What the business wants of people: sell, keep, serve. The top of issue → group → offer. */
export const issueSchema = z.strictObject({
  key: keySchema,
  name: title.optional(),
  lever,
  /** What offers under it may say of themselves; groups add to it. */
  attributes: attributesSchema.optional(),
  ...engagement,
});
export type BusinessIssue = z.infer<typeof issueSchema>;

/** Offers of one make. An offer may name a group that says nothing of itself. */
export const groupSchema = issueSchema.extend({ issue: keySchema.optional() });
export type OfferGroup = z.infer<typeof groupSchema>;

/** A named place in a channel where offers are asked for. */
export const zoneSchema = z.strictObject({
  key: keySchema,
  channel: keySchema,
  name: title.optional(),
  /** What the zone shows when no offer is left; content as a treatment of this channel has it. */
  fallback: content.optional(),
});
export type Zone = z.infer<typeof zoneSchema>;

/** Multiplies an offer's priority by `weight` while the rule `when` holds. */
export const contextWeightSchema = z.strictObject({ when: rule, weight: z.number().min(0).max(1000) });

/** What is proposed, whatever the channel. */
export const offerSchema = z.strictObject({
  key: keySchema,
  name: title,
  group: keySchema.optional(),
  /** Expected value of an accept, in `currency`. */
  value: z.number().min(0).max(1e9),
  currency: currencySchema.optional(),
  /** What it costs us each time it is shown or sent, in `currency`; taken from budgets. */
  cost: z.number().min(0).max(1e6).optional(),
  /** No more than this is spent on it, in `currency`. */
  budget: z.number().min(0).max(1e9).optional(),
  /** Where a click leads: http(s), or a path of the site itself. */
  url: z
    .string()
    .max(2000)
    .regex(/^(https?:\/\/|\/(?!\/))/, 'an http(s) URL or a path that begins with one slash')
    .optional(),
  /** L = 1 + (issue + group + offer) / 100: 50 makes L = 1.5. */
  lever,
  contextWeights: z.array(contextWeightSchema).max(50).default([]),
  /** Without an offset it is the time on the person's clock. */
  validFrom: momentSchema.optional(),
  validUntil: momentSchema.optional(),
  /** Shown with a countdown; with `lasts`, it ends for each person that long after they first met it. */
  limited: z.strictObject({ lasts: durationSchema.optional() }).optional(),
  ...engagement,
  /** Shown only while it is known for sure who the person is: `verified: full` in the decision's context. */
  requires: z.literal('verified').optional(),
  /** May be offered again to a person who has accepted it. */
  repeatable: z.boolean().default(false),
  /** What a person gets instead, where it may be shown, once it is over. */
  replacement: keySchema.optional(),
  /** Offers that this one holds: they pass their rules with it, and are not shown beside it. */
  bundle: z.array(keySchema).min(2).max(20).optional(),
  tags: z.array(keySchema).max(50).optional(),
  /** The item it proposes: it is kept back while there is none of it. */
  item: itemIdSchema.optional(),
  /** Items it is filled with, person by person. */
  items: recommendationSchema.optional(),
  /** What the schema of its group and issue asks for, by name. */
  attributes: attributeValuesSchema.optional(),
  /** Offers that a no to this one also speaks of. */
  related: z.array(keySchema).max(100).optional(),
  /** How long a no keeps it and what is related away: the session unless told. */
  afterReject: z.literal(['session', 'nothing']).or(durationSchema).optional(),
  /** What "maybe later" does to its weight: `factor` at once, half of the difference gone with each `halfLife`. */
  afterLater: z.strictObject({ factor: z.number().min(0).max(10), halfLife: durationSchema }).optional(),
  /** What agents may add to it, and out of which budgets. */
  negotiation: negotiationSchema.optional(),
  prior: z
    .strictObject({
      mean: z.number().gt(0).lt(1).default(0.05),
      strength: z.number().gt(0).max(1e6).default(20),
    })
    .optional(),
  /** Only published offers are shown; an offer that says nothing is. */
  status: z.enum(['draft', 'published', 'retired']).optional(),
  ...offerLife,
});
export type Offer = z.infer<typeof offerSchema>;

/** How an offer looks on one channel. */
export const treatmentSchema = z.strictObject({
  key: keySchema,
  offer: keySchema,
  channel: keySchema,
  zones: z.array(keySchema).min(1).max(100),
  /** Checked and compiled by the channel's connector. */
  content,
});
export type Treatment = z.infer<typeof treatmentSchema>;

/** Decisioning's part of a configuration document. */
export const catalogueSchema = z
  .strictObject({
    zones: z.array(zoneSchema).max(2000).default([]),
    issues: z.array(issueSchema).max(200).default([]),
    groups: z.array(groupSchema).max(2000).default([]),
    offers: z.array(offerSchema).max(10_000).default([]),
    treatments: z.array(treatmentSchema).max(50_000).default([]),
    policies: z.array(policySchema).max(1000).default([]),
    /** Removes whatever the document does not name. */
    prune: z.boolean().default(false),
  })
  .superRefine((section, context) => {
    const flaw = firstNotStorable(section);
    if (flaw) context.addIssue({ code: 'custom', path: flaw.path, message: flaw.message });
  });
export type CatalogueSection = z.infer<typeof catalogueSchema>;
/** The same as a person writes it, with what has a default left out. */
export type CatalogueDocument = z.input<typeof catalogueSchema>;

/** A whole catalogue: what is stored, or would be. */
export type CatalogueEntries = Omit<CatalogueSection, 'prune'>;
export type CatalogueList = keyof CatalogueEntries;
export type CatalogueEntry = CatalogueEntries[CatalogueList][number];

/** The list of a document in which entries of a kind stand. */
export const CATALOGUE_LISTS = {
  zone: 'zones',
  issue: 'issues',
  group: 'groups',
  offer: 'offers',
  treatment: 'treatments',
  policy: 'policies',
} as const satisfies Record<string, CatalogueList>;
export type CatalogueKind = keyof typeof CATALOGUE_LISTS;
export const catalogueKinds = Object.keys(CATALOGUE_LISTS) as CatalogueKind[];
