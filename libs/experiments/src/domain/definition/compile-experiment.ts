import { parseDuration } from '@repartee/contracts';
import { compileRule, type Rule, type RuleTypes } from '@repartee/profile/domain';
import { bucketRanges, type BucketRange, type NamespacePart } from '../bucketing/index.js';
import {
  experimentSchema,
  subjectOf,
  weightsOf,
  type Experiment,
  type SubjectKind,
  type Variation,
} from './experiment-schema.js';

/** `draft`: nobody is in it yet; `stopped`: nobody any more, though a variation may have been released to all. */
export const experimentStates = ['draft', 'running', 'stopped'] as const;
export type ExperimentState = (typeof experimentStates)[number];

/** Where an experiment stands in its life: a phase is from one start to the next stop. */
export interface Standing {
  state: ExperimentState;
  /** From 1; 0 before the first start. */
  phase: number;
  /** The variation that everybody targeted gets since the experiment stopped. */
  released: string | null;
  /** Milliseconds since the epoch; null while it runs. */
  stoppedAt: number | null;
}

const DRAFT: Standing = { state: 'draft', phase: 0, released: null, stoppedAt: null };

/** An experiment ready for use. Durations in milliseconds. */
export interface CompiledExperiment extends Standing {
  document: Experiment;
  key: string;
  subject: { kind: SubjectKind; key: string };
  seed: string;
  hashBy: string;
  targeting: Rule | undefined;
  namespace: NamespacePart | undefined;
  ranges: readonly BucketRange[];
  variations: readonly Variation[];
  /** Treatments that variations put in the place of others. */
  treatments: readonly string[];
  /** A variation changes whether or how high an offer ranks, not merely how it is shown. */
  ranks: boolean;
  /** How long after a first exposure what a person does counts. */
  window: number;
}

/** What is wrong with a document, where, and at which place of the text it points to. */
export interface ExperimentIssue {
  /** JSON pointer, relative to the experiment. */
  pointer: string;
  message: string;
  offset?: number;
}

/** Every phase of an experiment draws anew: nobody's variation says anything of the one before. */
export function seedOf({ key, seed }: Pick<Experiment, 'key' | 'seed'>, phase: number): string {
  return phase > 1 ? `${seed ?? key}:${phase}` : (seed ?? key);
}

/** Makes a checked document ready for use; a rule that cannot be compiled is true of nobody. */
export function compileExperiment(
  document: Experiment,
  standing: Standing,
  types?: RuleTypes,
): { experiment: CompiledExperiment; issues: ExperimentIssue[] } {
  const { targeting: source, variations } = document;
  const rule = source === undefined ? undefined : compileRule(source, 'profile+context', types);
  const issues: ExperimentIssue[] =
    rule === undefined || rule.ok
      ? []
      : [{ pointer: 'targeting', message: rule.failure.message, offset: rule.failure.start }];
  const experiment: CompiledExperiment = {
    ...standing,
    document,
    key: document.key,
    subject: subjectOf(document),
    seed: seedOf(document, standing.phase),
    hashBy: document.hashBy,
    targeting: rule?.ok === false ? brokenRule(source ?? '', rule.failure.message) : rule?.value,
    namespace: document.namespace,
    ranges: bucketRanges(weightsOf(document), document.coverage),
    variations,
    treatments: variations.flatMap(({ treatment }) => treatment ?? []),
    ranks: variations.some(({ show, lever }) => show !== undefined || lever !== undefined),
    window: document.window === undefined ? Infinity : (parseDuration(document.window) ?? Infinity),
  };
  return { experiment, issues };
}

/** Checks documents as they come in; pointers are relative to their list. */
export function checkExperiments(
  documents: readonly unknown[],
  types?: RuleTypes,
): { experiments: Experiment[]; issues: ExperimentIssue[] } {
  const experiments: Experiment[] = [];
  const issues: ExperimentIssue[] = [];
  const seen = new Set<string>();
  documents.forEach((document, index) => {
    const parsed = experimentSchema.safeParse(document);
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues)
        issues.push({ pointer: [index, ...path.map(String)].join('/'), message });
      return;
    }
    const { data } = parsed;
    if (seen.has(data.key)) issues.push({ pointer: `${index}/key`, message: 'is used twice' });
    seen.add(data.key);
    const compiled = compileExperiment(data, DRAFT, types);
    issues.push(...compiled.issues.map((issue) => ({ ...issue, pointer: `${index}/${issue.pointer}` })));
    experiments.push(data);
  });
  return { experiments, issues };
}

/** What of a document decides who gets what, or what they get: none of it may change while the experiment runs. */
export function drawOf(document: Experiment): unknown {
  const { on, targeting, coverage, namespace, seed, hashBy, variations } = document;
  const effects = variations.map(({ name: _name, ...effect }) => effect);
  return [on, targeting ?? null, coverage, namespace ?? null, seed ?? null, hashBy, effects];
}

function brokenRule(source: string, why: string): Rule {
  return { source, evaluate: () => ({ unknown: why }) };
}
