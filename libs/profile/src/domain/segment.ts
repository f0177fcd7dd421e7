import { keySchema } from '@repartee/contracts';
import { z } from 'zod';
import { compileRule, type Rule, type RuleVariables } from './rule.js';

/** A group of people by a rule, as marketers write it. */
export const segmentSchema = z.strictObject({
  key: keySchema.describe('What rules call it: "vip" in profile.segments'),
  name: z.string().min(1).max(200).optional(),
  when: z.string().min(1).max(2000).describe('CEL over `profile` and `now`: who belongs to it'),
});
export type SegmentDocument = z.output<typeof segmentSchema>;

/** A segment ready to ask. */
export interface Segment {
  readonly key: string;
  readonly rule: Rule;
  /** Revision of the trait book that brought the rule. */
  readonly revision: number;
}

/** Compiles a segment that was checked before; one whose rule no longer compiles has nobody in it. */
export function compileSegment({ key, when }: SegmentDocument, revision: number): Segment {
  const compiled = compileRule(when, 'profile');
  const rule = compiled.ok
    ? compiled.value
    : { source: when, evaluate: () => ({ unknown: compiled.failure.message }) };
  return { key, rule, revision };
}

/**
 * The segments whose rule holds for a person now, in the order of their keys; one that cannot be told does not.
 * @param now milliseconds since the epoch
 */
export function segmentsOf(
  profile: RuleVariables['profile'],
  segments: readonly Segment[],
  now: number,
): string[] {
  if (segments.length === 0) return [];
  const variables = { profile, now: new Date(now) };
  return segments.filter(({ rule }) => rule.evaluate(variables).value === true).map(({ key }) => key);
}
