import type { RuleVariables } from '@repartee/profile/domain';
import { bucketOf, inNamespace, variationAt } from '../bucketing/index.js';
import type { CompiledExperiment, Variation } from '../definition/index.js';
import { hashedId, type Participant } from './participant.js';

/** Why somebody is not in an experiment. */
export const outsideReasons = [
  'not-running',
  'control-group',
  'nobody-to-draw',
  'other-part-of-namespace',
  'not-targeted',
  'targeting-unknown',
  'outside-coverage',
] as const;
export type OutsideReason = (typeof outsideReasons)[number];

/** Somebody's place in an experiment. */
export type Assignment =
  | {
      experiment: CompiledExperiment;
      variation: Variation;
      /** What was hashed; null where nothing had to be drawn. */
      unit: string | null;
      outside?: undefined;
    }
  | { experiment: CompiledExperiment; variation?: undefined; outside: OutsideReason; detail?: string };

/**
 * Draws. Pure, and in the order of GrowthBook's SDKs: whom to hash, namespace, targeting, bucket. Unknown is not in the
 * experiment, with that reason.
 */
export function assign(
  experiment: CompiledExperiment,
  participant: Participant,
  variables: RuleVariables,
): Assignment {
  const outside = (reason: OutsideReason, detail?: string): Assignment => ({
    experiment,
    outside: reason,
    ...(detail !== undefined && { detail }),
  });
  const { namespace, targeting } = experiment;
  const forAll = variationForAll(experiment);
  if (experiment.state !== 'running' && forAll === undefined) return outside('not-running');
  const unit = hashedId(participant, experiment.hashBy);
  if (forAll === undefined) {
    if (participant.inControl) return outside('control-group');
    if (unit === null) return outside('nobody-to-draw', noUnit(experiment.hashBy));
    if (namespace && !inNamespace(namespace, unit)) return outside('other-part-of-namespace');
  }
  if (targeting) {
    const { value, unknown } = targeting.evaluate(variables);
    if (unknown !== undefined) return outside('targeting-unknown', unknown);
    if (!value) return outside('not-targeted');
  }
  if (forAll !== undefined) return { experiment, variation: forAll, unit: null };
  const drawn = variationAt(experiment.ranges, bucketOf(experiment.seed, unit ?? ''));
  const variation = experiment.variations[drawn];
  return variation ? { experiment, variation, unit } : outside('outside-coverage');
}

/** What everybody targeted gets: the released variation, or the only one of a flag that is merely switched on. */
function variationForAll(experiment: CompiledExperiment): Variation | undefined {
  const { state, released, variations, document, namespace } = experiment;
  if (state === 'stopped') return variations.find(({ key }) => key === released);
  const draws = variations.length > 1 || document.coverage < 1 || namespace !== undefined;
  return state === 'running' && !draws ? variations[0] : undefined;
}

function noUnit(hashBy: string): string {
  return hashBy === 'person' ? 'nothing is known to tell the person by' : `no ${hashBy} is known`;
}
