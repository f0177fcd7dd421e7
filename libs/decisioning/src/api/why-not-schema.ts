import { factRelations } from '@repartee/profile/domain';
import { z } from 'zod';
import { engagementLevels, engagementQuestions, obstacleRules } from '../domain/index.js';

const factSchema = z.object({
  fact: z.string().describe('As rules name it: profile.traits.plan'),
  relation: z.enum(factRelations),
  value: z.unknown().describe('What it has to stand to'),
  current: z.unknown().describe('Null when it is not known, or not for the caller'),
  example: z.unknown().describe('A value that would do'),
  words: z.string(),
});

const obstacleSchema = z.object({
  rule: z.enum(obstacleRules),
  detail: z.string().nullable().describe('The policy, experiment, cap or other offer behind it'),
  question: z.enum(engagementQuestions).nullable(),
  level: z.enum(engagementLevels).nullable(),
  lifts: z.object({
    when: z
      .enum(['at', 'earliest', 'never', 'change'])
      .describe(
        '`at`: then, if nothing else happens; `earliest`: not before; `change`: when a fact or the configuration changes',
      ),
    at: z.iso.datetime().nullable(),
  }),
  condition: z.string().nullable().describe('The rule in CEL'),
  failing: z.array(z.object({ condition: z.string(), verdict: z.enum(['true', 'false', 'unknown']) })),
  needs: z
    .array(z.array(factSchema))
    .nullable()
    .describe(
      'Each list of facts together would make the rule hold. Empty: nobody can say. Null: no rule in CEL',
    ),
  withheld: z.boolean().describe('It depends on something that the caller may not see'),
  words: z.string(),
});

const rankedSchema = z.object({
  offer: z.string(),
  place: z.int(),
  propensity: z.number(),
  contextWeight: z.number(),
  value: z.number(),
  lever: z.number(),
  priority: z.number(),
  words: z.string(),
});

/** `GET /v1/profiles/{id}/why-not` */
export const whyNotSchema = z.object({
  profileId: z.string().nullable(),
  offer: z.string(),
  at: z.iso.datetime(),
  summary: z.string(),
  zones: z
    .array(
      z.object({
        zone: z.string().nullable(),
        channel: z.string().nullable(),
        verdict: z.enum(['shown', 'outranked', 'blocked']),
        summary: z.string(),
        obstacles: z
          .array(obstacleSchema)
          .describe('Everything that stands in the way, in the order in which it is asked'),
        liftsAt: z.iso
          .datetime()
          .nullable()
          .describe('When all of it is gone by itself, where that is certain'),
        unblock: z
          .array(z.array(factSchema))
          .nullable()
          .describe('Facts that would make all its rules hold together; null when all do'),
        chance: z.number().nullable().describe('Share of the draws of learning in which it would be shown'),
        own: rankedSchema.omit({ place: true, words: true }).nullable(),
        winners: z.array(rankedSchema).describe('What is shown instead'),
      }),
    )
    .describe('Every zone it could be shown in, each asked for alone'),
});
export type WhyNotAnswer = z.output<typeof whyNotSchema>;
export type WhyNotZone = WhyNotAnswer['zones'][number];
