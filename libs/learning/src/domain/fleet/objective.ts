import { responseTypes, type ResponseType } from '@repartee/contracts';
import { z } from 'zod';
import { creditOf } from '../stage.js';

const DAY_MINUTES = 24 * 60;
const minutes = (most: number) =>
  z
    .number()
    .int()
    .min(1)
    .max(most * DAY_MINUTES);
const weight = z.number().min(0).max(100);
const key = z.string().min(1).max(200);

/** What orders are worth. */
const revenueSchema = z.strictObject({
  weight: weight.default(1),
  windowMinutes: minutes(365).default(7 * DAY_MINUTES),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD'),
  full: z
    .number()
    .positive()
    .optional()
    .describe('What counts as a whole yes; learned where it is not given'),
});

/** Whether the person is still there: heard of from `days` to `days + withinDays` after the display. */
const retentionSchema = z.strictObject({
  weight: weight.default(1),
  days: z.number().int().min(1).max(365).default(30),
  withinDays: z.number().int().min(1).max(90).default(7),
});

/** What the person answers to a question of a survey. */
const answerSchema = z.strictObject({
  weight: weight.default(1),
  question: key,
  event: key.default('Survey Answered'),
  windowMinutes: minutes(365).default(7 * DAY_MINUTES),
  credits: z
    .record(z.string().max(200), z.number().min(0).max(1))
    .optional()
    .describe('For answers in words'),
  full: z.number().positive().optional().describe('For answers in numbers: what counts as a whole yes'),
});

/**
 * What an offer is to bring about: how much of a yes each response is (0 to 1), how long after a display silence is a no, and
 * what is to come of it later. A response that is not named counts as it does by default; the parts count by their weights.
 */
const aimSchema = z.strictObject({
  credits: z.partialRecord(z.enum(responseTypes), z.number().min(0).max(1)).default({}),
  windowMinutes: minutes(90).default(DAY_MINUTES),
  weight: weight.optional().describe('Of the responses; 1 unless said'),
  revenue: revenueSchema.optional(),
  retention: retentionSchema.optional(),
  answer: answerSchema.optional(),
});
export type Aim = z.output<typeof aimSchema>;

const PARTS = ['revenue', 'retention', 'answer'] as const;
const weighsSomething = (aim: Aim) =>
  (aim.weight ?? 1) + PARTS.reduce((sum, part) => sum + (aim[part]?.weight ?? 0), 0) > 0;
const NOTHING = { message: 'something must weigh more than 0' };
const ownSchema = aimSchema.refine(weighsSomething, NOTHING);

/** The aim of all offers, and of offers and groups that have their own. */
export const objectiveSchema = aimSchema
  .extend({
    offers: z.record(key, ownSchema).optional(),
    groups: z.record(key, ownSchema).optional(),
  })
  .refine(weighsSomething, NOTHING);
export type Objective = z.output<typeof objectiveSchema>;

export const DEFAULT_OBJECTIVE: Objective = { credits: {}, windowMinutes: DAY_MINUTES };

/** The aim of one offer: its own, else its group's, else that of all. */
export function aimOf(objective: Objective, offer: string, group?: string | null): Aim {
  const { offers = {}, groups = {} } = objective;
  if (Object.hasOwn(offers, offer)) return offers[offer]!;
  return group != null && Object.hasOwn(groups, group) ? groups[group]! : objective;
}

/** How much of a yes a response is to the aim, by the weight that responses have in it; null teaches nothing. */
export function rewardOf(aim: Aim, response: ResponseType): number | null {
  const usual = creditOf(response);
  return usual === null ? null : (aim.credits[response] ?? usual) * ((aim.weight ?? 1) / sumOfWeights(aim));
}

/** A display alone says nothing before the window ends; every other response does, where responses weigh at all. */
export function isConclusive({ weight }: Aim, response: ResponseType): boolean {
  return weight !== 0 && response !== 'impression' && response !== 'not_presented';
}

/** What is to come of a display later, with the shares of the parts in a whole yes; null when responses are all. */
export interface LaterAim {
  revenue?: { share: number; windowMinutes: number; currency: string; full?: number | undefined };
  retention?: { share: number; days: number; withinDays: number };
  answer?: {
    share: number;
    windowMinutes: number;
    question: string;
    event: string;
    credits?: Record<string, number> | undefined;
    full?: number | undefined;
  };
}

export function laterAimOf(aim: Aim): LaterAim | null {
  const whole = sumOfWeights(aim);
  const later: Record<string, object> = {};
  for (const part of PARTS) {
    const goal = aim[part];
    if (!goal || goal.weight === 0) continue;
    const { weight: of, ...rest } = goal;
    later[part] = { share: of / whole, ...rest };
  }
  return Object.keys(later).length === 0 ? null : later;
}

/** Minutes after the display at which all of it is known. */
export function judgedAfter({ revenue, retention, answer }: LaterAim): number {
  return Math.max(
    revenue?.windowMinutes ?? 0,
    retention ? (retention.days + retention.withinDays) * DAY_MINUTES : 0,
    answer?.windowMinutes ?? 0,
  );
}

/** Minutes after the display at which all that the aim asks for is known: silence, too. */
export function concludedAfter(aim: Aim): number {
  const later = laterAimOf(aim);
  return Math.max(aim.windowMinutes, later ? judgedAfter(later) : 0);
}

/** How much of a yes an answer is: by its word, or as a part of the full number; any answer where neither is told. */
export function answerReward({ credits, full }: NonNullable<LaterAim['answer']>, answer: unknown): number {
  if (answer === null || answer === undefined) return 0;
  if (credits) return Object.hasOwn(credits, String(answer)) ? credits[String(answer)]! : 0;
  if (full === undefined) return 1;
  const number = Number(answer);
  return Number.isFinite(number) ? Math.min(1, Math.max(0, number / full)) : 0;
}

function sumOfWeights(aim: Aim): number {
  return PARTS.reduce((sum, part) => sum + (aim[part]?.weight ?? 0), aim.weight ?? 1);
}
