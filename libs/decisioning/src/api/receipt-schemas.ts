import { stages } from '@repartee/learning/domain';
import { z } from 'zod';
import { impactArms, dropRules, engagementLevels, engagementQuestions } from '../domain/index.js';

export const decisionIdSchema = z.object({ id: z.uuid() });
export type DecisionId = z.output<typeof decisionIdSchema>;

const firstPlacesSchema = z
  .object({
    draws: z.int(),
    floor: z.number().describe('The chance of every rated offer that is not listed'),
    offers: z.array(z.object({ offer: z.string(), probability: z.number() })),
  })
  .describe('How likely the final arbitration was to put which offer first, over the draws of learning');

/** A receipt. */
export const receiptSchema = z.object({
  decisionId: z.string(),
  at: z.iso.datetime(),
  channel: z.string(),
  profileId: z.string().nullable(),
  anonymousId: z.string().nullable(),
  profileVersion: z.int(),
  learned: z.int().describe('How far the log of what was learned was applied'),
  known: z.boolean().describe('Something beside a device was known of the person'),
  fallbackOnly: z.boolean().describe('Nothing was to be chosen for this person'),
  control: z.string().nullable().describe('The policy by which the person was in the control group'),
  arm: z.enum(impactArms).nullable().describe('The arm of the impact analysis the person was in'),
  timeZone: z.string().nullable(),
  dialogueId: z.string(),
  configurationRevision: z.int(),
  context: z.unknown(),
  experiments: z.array(z.object({ experiment: z.string(), phase: z.int(), variation: z.string() })),
  items: z
    .array(z.object({ offer: z.string(), items: z.array(z.string()), from: z.array(z.string()) }))
    .describe('What chosen offers were filled with, and the items that was begun with'),
  itemsCounted: z.int().nullable().describe('How far what people did with items was counted'),
  zones: z.array(
    z.object({
      zone: z.string(),
      count: z.int(),
      offers: z.array(z.string()),
      first: firstPlacesSchema.nullable(),
    }),
  ),
  candidates: z.array(
    z.object({
      offer: z.string(),
      stage: z.enum(stages),
      zone: z.string().nullable(),
      place: z.int().nullable(),
      dropped: z.enum(dropRules).nullable(),
      detail: z.string().nullable(),
      question: z.enum(engagementQuestions).nullable(),
      level: z.enum(engagementLevels).nullable(),
      propensity: z.number().nullable(),
      contextWeight: z.number().nullable(),
      value: z.number().nullable(),
      lever: z.number().nullable(),
      priority: z.number().nullable(),
    }),
  ),
});

/** `GET /v1/decisions/{id}` */
export const completedReceiptSchema = receiptSchema.extend({
  chancesUnknown: z.string().nullable().describe('Why the chances of first places cannot be told'),
});
