import { responseTypes, type ResponseType } from '@repartee/contracts';
import { z } from 'zod';
import { creditOf } from '../stage.js';

const DAY_MINUTES = 24 * 60;

/**
 * What offers are to bring about: how much of a yes each response is (0 to 1), and how long after a display silence is a no.
 * A response that is not named counts as it does by default.
 */
export const objectiveSchema = z.strictObject({
  credits: z.partialRecord(z.enum(responseTypes), z.number().min(0).max(1)).default({}),
  windowMinutes: z
    .number()
    .int()
    .min(1)
    .max(90 * DAY_MINUTES)
    .default(DAY_MINUTES),
});
export type Objective = z.output<typeof objectiveSchema>;

export const DEFAULT_OBJECTIVE: Objective = { credits: {}, windowMinutes: DAY_MINUTES };

/** How much of a yes a response is to the objective; null teaches nothing. */
export function rewardOf({ credits }: Objective, response: ResponseType): number | null {
  const usual = creditOf(response);
  return usual === null ? null : (credits[response] ?? usual);
}

/** A display alone says nothing before the window ends; every other response does. */
export function isConclusive(response: ResponseType): boolean {
  return response !== 'impression' && response !== 'not_presented';
}
