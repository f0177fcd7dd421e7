import {
  compileExperiment,
  experimentSchema,
  type CompiledExperiment,
  type ExperimentDocument,
  type Standing,
} from '../definition/index.js';
import { strangerOf, type Participant } from '../assignment/index.js';

/** An experiment that runs, on the offer `a` unless told. */
export function running(
  document: Partial<ExperimentDocument> = {},
  standing: Partial<Standing> = {},
): CompiledExperiment {
  const parsed = experimentSchema.parse({
    key: 'exp',
    on: { offer: 'a' },
    variations: [{ key: 'control' }, { key: 'b', show: false }],
    ...document,
  });
  return compileExperiment(parsed, {
    state: 'running',
    phase: 1,
    released: null,
    stoppedAt: null,
    ...standing,
  }).experiment;
}

/** Somebody with a device of this id. */
export function visitor(anonymousId: string): Participant {
  return strangerOf(anonymousId);
}
