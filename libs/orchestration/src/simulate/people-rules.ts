import { fail, failure, type FailureDetail, ok, type Result } from '@repartee/contracts';
import { compileRule, type ProfileView, type Rule, type RuleTypes } from '@repartee/profile/domain';
import type { SimulateRequest } from './simulate-schemas.js';

/** Which people a simulation looks at, and which groups it reports by themselves. */
export interface PeopleRules {
  /** Whether a person is one of those looked at. */
  wants(view: ProfileView, now: number): boolean;
  /** The person's own segments, and the groups of the request that they are in. */
  segmentsOf(view: ProfileView, now: number): string[];
}

/** Compiles the rules of a request. Fails with HTTP.INVALID_REQUEST. */
export function peopleRules(
  { segments, sample }: Pick<SimulateRequest, 'segments' | 'sample'>,
  types: RuleTypes,
): Result<PeopleRules> {
  const errors: FailureDetail[] = [];
  const compiled = (source: string, pointer: string): Rule | undefined => {
    const rule = compileRule(source, 'profile', types);
    if (rule.ok) return rule.value;
    errors.push({ pointer, detail: rule.failure.message });
    return undefined;
  };
  const groups = segments.map(({ key, when }, index) => ({
    key,
    rule: compiled(when, `#/segments/${index}/when`),
  }));
  const where = sample?.where === undefined ? undefined : compiled(sample.where, '#/sample/where');
  if (errors.length > 0)
    return fail(failure('HTTP.INVALID_REQUEST', errors[0]?.detail ?? 'a rule is wrong', { errors }));
  const holds = (rule: Rule | undefined, view: ProfileView, now: number) =>
    rule === undefined || rule.evaluate({ profile: view, now: new Date(now) }).value === true;
  return ok({
    wants: (view, now) => holds(where, view, now),
    segmentsOf: (view, now) => [
      ...new Set([
        ...view.segments,
        ...groups.filter(({ rule }) => holds(rule, view, now)).map(({ key }) => key),
      ]),
    ],
  });
}
