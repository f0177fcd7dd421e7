import { decisionRequestSchema, keySchema } from '@repartee/contracts';
import { catalogueKinds, dropRules, lossStages } from '@repartee/decisioning/domain';
import { z } from 'zod';

const rule = z.string().min(1).max(4000);
const asked = decisionRequestSchema.shape;
const seed = z.string().max(100).default('simulation');
const list = z.array(z.record(z.string(), z.unknown())).optional();

/** A catalogue as `POST /v1/apply` takes it, laid over what is published. */
export const draftsSchema = z
  .strictObject({
    zones: list,
    issues: list,
    groups: list,
    offers: list,
    treatments: list,
    policies: list,
    prune: z.boolean().default(false).describe('Removes whatever the draft does not name'),
    remove: z
      .array(z.strictObject({ kind: z.enum(catalogueKinds), key: keySchema }))
      .max(1000)
      .default([]),
    publish: z
      .array(keySchema)
      .max(1000)
      .default([])
      .describe('Offers as they would be if they were published now, with the drafts they hold'),
  })
  .describe('A catalogue as POST /v1/apply takes it, laid over what is published');
export type Drafts = z.output<typeof draftsSchema>;

/** Decisions of the past. */
export const logSchema = z.strictObject({
  from: z.iso.datetime({ offset: true }),
  until: z.iso.datetime({ offset: true }).optional().describe('The first moment after; now unless given'),
  channel: z.string().min(1).max(200).optional(),
  limit: z.int().min(1).max(20_000).default(1000).describe('Of more, so many are drawn at random'),
  seed,
});
export type LogSpan = z.output<typeof logSchema>;

/** `POST /v1/decisions/simulate` */
export const simulateSchema = z
  .strictObject({
    profiles: z
      .array(z.string().min(1).max(600))
      .min(1)
      .max(1000)
      .optional()
      .describe('Ids or `namespace:value`: answered at once, nothing is kept'),
    sample: z
      .strictObject({
        size: z.int().min(1).max(100_000).default(1000),
        where: rule.optional().describe('Only people of whom this rule holds'),
        seed,
      })
      .optional()
      .describe('Stored profiles, drawn at random'),
    log: logSchema
      .optional()
      .describe('Decisions of the past: the same questions, of people as they were then'),
    channel: asked.channel.optional(),
    zones: asked.zones.optional(),
    context: asked.context,
    timeZone: asked.timeZone,
    drafts: draftsSchema.optional(),
    segments: z
      .array(z.strictObject({ key: keySchema, when: rule }))
      .max(50)
      .default([])
      .describe('Groups of people that are reported by themselves, beside the segments they are in'),
    valueFinder: z
      .strictObject({ leastPropensity: z.number().min(0).max(1).default(0.01) })
      .optional()
      .describe('Looks for people who get no offer with at least this expected P, and for what to loosen'),
    explain: z.boolean().default(false).describe('With `profiles`: why each offer is or is not shown'),
  })
  .superRefine(({ profiles, sample, log, channel, zones }, context) => {
    const named = [profiles, sample, log].filter((people) => people !== undefined).length;
    if (named !== 1) context.addIssue({ code: 'custom', message: 'names one of profiles, sample and log' });
    if (log !== undefined) return;
    for (const [path, value] of Object.entries({ channel, zones }))
      if (value === undefined) context.addIssue({ code: 'custom', path: [path], message: 'is missing' });
  });
export type SimulateRequest = z.output<typeof simulateSchema>;

const count = z.int();
const worth = z.object({ currency: z.string().nullable(), total: z.number(), perPerson: z.number() });
const placesOfZone = z.object({ zone: z.string(), places: z.array(count) });
const coverageSchema = z.object({
  people: count,
  served: count.describe('Who would be shown anything'),
  control: count.describe('Who is in a control group'),
  expectedValue: z.array(worth).describe('Σ expected P × value of all that would be shown'),
  zones: z.array(placesOfZone).describe('How many places would be filled, from the first on'),
  offers: z.array(
    z.object({
      offer: z.string(),
      people: count,
      share: z.number(),
      expectedValue: z.number(),
      currency: z.string().nullable(),
      zones: z.array(placesOfZone),
      dropped: z.partialRecord(z.enum(dropRules), count),
    }),
  ),
});
const reachSchema = z.object({
  people: count,
  served: count,
  expectedValue: z.array(worth),
  offers: z.array(z.object({ offer: z.string(), people: count, share: z.number() })),
});

/** What is known of a person who is left with nothing relevant. */
export const withoutSchema = z.object({
  stage: z.enum(lossStages),
  shown: z.array(z.string()),
  loosen: z.array(
    z.object({
      rule: z.string(),
      question: z.string().nullable(),
      of: z.string(),
      offers: z.array(z.string()),
    }),
  ),
});
const valueSchema = z.object({
  leastPropensity: z.number(),
  people: count,
  relevant: count.describe('Who would be shown an offer with at least that expected P'),
  irrelevant: count.describe('Who would be shown offers, and none of those'),
  nothing: count,
  lost: z.array(z.object({ stage: z.enum(lossStages), people: count })),
  loosen: z.array(
    z.object({
      rule: z.string(),
      question: z.string().nullable(),
      level: z.string().nullable(),
      of: z.string().describe('The issue, group, offer, policy, experiment or item'),
      people: count.describe('Who gets nothing, and would get something relevant if it alone were loosened'),
      offers: z.array(z.object({ offer: z.string(), people: count })),
    }),
  ),
  segments: z.array(z.object({ segment: z.string(), people: count, withoutValue: count })),
});

/** What a simulation found. */
export const reportSchema = z.object({
  revision: count.describe('The published configuration it was compared with'),
  population: count.nullable().describe('People, or decisions, that those looked at were drawn from'),
  skipped: z
    .record(z.string(), count)
    .describe('Decisions of the log that could not be asked again, and why'),
  published: coverageSchema,
  draft: coverageSchema.nullable(),
  changes: z
    .object({
      people: count,
      share: z.number(),
      gained: count.describe('Who is shown nothing now and would be shown something'),
      lost: count,
      moves: z.array(
        z.object({
          zone: z.string(),
          place: count,
          from: z.string().nullable(),
          to: z.string().nullable(),
          people: count,
        }),
      ),
      otherMoves: count,
    })
    .nullable(),
  segments: z.array(z.object({ segment: z.string(), published: reachSchema, draft: reachSchema.nullable() })),
  value: valueSchema.nullable().describe('Of the draft where there is one'),
});

const offerSchema = z.object({
  offer: z.string(),
  treatment: z.string(),
  propensity: z.number().describe('As a decision draws it'),
  expected: z.number().describe('Without the draw'),
  priority: z.number(),
  reason: z.string(),
});
const side = z.object({
  control: z.string().nullable(),
  zones: z.array(z.object({ zone: z.string(), offers: z.array(offerSchema) })),
  candidates: z
    .array(z.object({ offer: z.string(), rule: z.string().nullable(), reason: z.string() }))
    .optional(),
});

/** The answer for profiles that were named. */
export const simulatedSchema = reportSchema.extend({
  unknown: z.array(z.string()).describe('Profiles that nobody is'),
  people: z.array(
    z.object({
      profile: z.string().describe('As it was asked for'),
      profileId: z.uuid().nullable().describe('Null: the person objects, and is decided for as a stranger'),
      changed: z.boolean(),
      published: side,
      draft: side.nullable(),
      without: withoutSchema.optional(),
    }),
  ),
});
