import { durationSchema, keySchema, parseDuration } from '@repartee/contracts';
import { z } from 'zod';
import { guardrailSchema, metricSchema } from './metric-schema.js';

const title = z.string().min(1).max(200);
const share = z.number().min(0).max(1);

/** What an experiment is about; its variations say what changes there. */
export const subjectKinds = ['offer', 'treatment', 'reaction', 'journey', 'flag'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

const subjectSchema = z
  .strictObject({
    offer: keySchema.optional(),
    treatment: keySchema.optional(),
    reaction: keySchema.optional(),
    /** Reactions that follow on one another: a person gets one variation for all of them. */
    journey: z
      .array(keySchema)
      .min(2)
      .max(20)
      .refine((steps) => new Set(steps).size === steps.length, 'a step is named twice')
      .optional(),
    flag: keySchema.optional(),
    /** The value of a flag for whoever is not in the experiment. */
    default: z.json().optional(),
  })
  .superRefine((subject, context) => {
    if (subjectKinds.filter((kind) => subject[kind] !== undefined).length !== 1) {
      context.addIssue({ code: 'custom', message: `names one of ${subjectKinds.join(', ')}` });
    } else if ((subject.flag === undefined) !== (subject.default === undefined)) {
      context.addIssue({
        code: 'custom',
        path: ['default'],
        message: 'goes with a flag, and every flag has one',
      });
    }
  });

/** One of the things that are compared. The first is the control. */
export const variationSchema = z
  .strictObject({
    key: keySchema,
    name: title.optional(),
    /** Share of those in the experiment; all alike where none says. */
    weight: share.optional(),
    /** Offers: whether it may be shown at all. */
    show: z.boolean().optional(),
    /** Offers: percent by which its priority is raised or lowered. */
    lever: z.number().min(-100).max(1000).optional(),
    /** Offers and treatments: the treatment shown instead. */
    treatment: keySchema.optional(),
    /** Reactions: whether it goes ahead. */
    go: z.boolean().optional(),
    /** Reactions: the zone of the same channel that is filled instead. */
    zone: keySchema.optional(),
    /** Journeys: the reactions that are left out. */
    skip: z.array(keySchema).max(20).optional(),
    /** Flags: what the flag is. */
    value: z.json().optional(),
  })
  .meta({ id: 'ExperimentVariation' });
export type Variation = z.output<typeof variationSchema>;

const MEMBERS: Readonly<Record<SubjectKind, readonly (keyof Variation)[]>> = {
  offer: ['show', 'lever', 'treatment'],
  treatment: ['treatment'],
  reaction: ['go', 'zone'],
  journey: ['skip'],
  flag: ['value'],
};
const EFFECTS = ['show', 'lever', 'treatment', 'go', 'zone', 'skip', 'value'] as const;
/** As far as weights may miss 1 by rounding; GrowthBook allows as much. */
const WEIGHT_SLACK = 0.01;

/** The members of an experiment, but for its key. */
export const experimentFields = {
  name: title.optional(),
  hypothesis: z.string().max(2000).optional(),
  on: subjectSchema,
  /** CEL over `profile`, `context` and `now`; whoever it is not true of is not in the experiment. */
  targeting: z.string().min(1).max(4000).optional(),
  /** The share of those targeted who are in the experiment. */
  coverage: share.default(1),
  /** A part of a namespace; experiments in other parts of it never have a person in common with this one. */
  namespace: z.strictObject({ key: keySchema, from: share.default(0), to: share.default(1) }).optional(),
  /** What is hashed with the person; the key unless given. */
  seed: z.string().min(1).max(200).optional(),
  /** Whose id is hashed: the person's, or the value of an identifier of this namespace. */
  hashBy: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,62}$/, 'person, or a namespace as user_id')
    .default('person'),
  variations: z.array(variationSchema).min(1).max(20),
  goal: metricSchema.optional(),
  metrics: z.array(metricSchema).max(20).default([]),
  guardrails: z.array(guardrailSchema).max(10).default([]),
  /** For so long after a person's first exposure what they do counts; until the experiment stops unless given. */
  window: durationSchema
    .refine((text) => parseDuration(text) !== 0, 'must be longer than nothing')
    .optional(),
  /** No verdict before so many people in every variation: the mathematics want some. */
  minimumPeople: z.int().min(10).max(1_000_000).default(200),
};

/** An experiment as it is declared. Whether it runs is no part of it: that is started and stopped. */
export const experimentSchema = z
  .strictObject({ key: keySchema, ...experimentFields })
  .superRefine(refuseFlaws);
/** The same where the key stands elsewhere. */
export const keylessExperimentSchema = z.strictObject(experimentFields).superRefine(refuseFlaws);
export type Experiment = z.output<typeof experimentSchema>;
/** The same as a person writes it, with what has a default left out. */
export type ExperimentDocument = z.input<typeof experimentSchema>;

interface Flaw {
  path: (string | number)[];
  message: string;
}

/** What it is about. */
export function subjectOf({ on }: Pick<Experiment, 'on'>): { kind: SubjectKind; key: string } {
  const kind = subjectKinds.find((one) => on[one] !== undefined) ?? 'flag';
  return { kind, key: [on[kind] ?? ''].flat().join('/') };
}

/** Every metric, the goal first. */
export function metricsOf({
  goal,
  metrics,
  guardrails,
}: Pick<Experiment, 'goal' | 'metrics' | 'guardrails'>) {
  return [...(goal ? [goal] : []), ...metrics, ...guardrails];
}

/** The variations' shares, all alike where none is given. */
export function weightsOf({ variations }: Pick<Experiment, 'variations'>): number[] {
  return variations.map(({ weight }) => weight ?? 1 / variations.length);
}

function refuseFlaws(experiment: Parameters<typeof flawsOf>[0], context: z.RefinementCtx): void {
  for (const { path, message } of flawsOf(experiment)) context.addIssue({ code: 'custom', path, message });
}

function flawsOf(
  experiment: Pick<Experiment, 'on' | 'variations' | 'namespace' | 'goal' | 'metrics' | 'guardrails'>,
) {
  const { variations, namespace } = experiment;
  const flaws: Flaw[] = [
    ...variations.flatMap((variation, index) => effectFlaws(experiment, variation, index)),
    ...repeated(variations.map(({ key }) => key)).map((index) => twice(['variations', index, 'key'])),
  ];
  const weighted = variations.filter(({ weight }) => weight !== undefined).length;
  const total = weightsOf(experiment).reduce((sum, weight) => sum + weight, 0);
  if (weighted > 0 && weighted < variations.length) {
    flaws.push({ path: ['variations'], message: 'have a weight each, or none' });
  } else if (Math.abs(total - 1) > WEIGHT_SLACK) {
    flaws.push({ path: ['variations'], message: `have weights that make ${total} together, not 1` });
  }
  if (namespace && namespace.from >= namespace.to) {
    flaws.push({ path: ['namespace', 'to'], message: 'must be more than from' });
  }
  if (repeated(metricsOf(experiment).map(({ key }) => key)).length > 0) {
    flaws.push({ path: ['metrics'], message: 'goal, metrics and guardrails need keys of their own' });
  }
  return flaws;
}

function effectFlaws(experiment: Pick<Experiment, 'on'>, variation: Variation, index: number): Flaw[] {
  const { kind } = subjectOf(experiment);
  const { on } = experiment;
  const flaws = EFFECTS.filter(
    (member) => variation[member] !== undefined && !MEMBERS[kind].includes(member),
  ).map((member): Flaw => ({ path: ['variations', index, member], message: `means nothing of a ${kind}` }));
  variation.skip?.forEach((step, place) => {
    if (kind === 'journey' && !on.journey?.includes(step))
      flaws.push({
        path: ['variations', index, 'skip', place],
        message: `${step} is no step of the journey`,
      });
  });
  if (kind === 'flag' && variation.value === undefined) {
    flaws.push({ path: ['variations', index, 'value'], message: 'a flag has a value in every variation' });
  }
  return flaws;
}

/** Places of what stood before already. */
function repeated(keys: readonly string[]): number[] {
  return keys.flatMap((key, index) => (keys.indexOf(key) < index ? [index] : []));
}

function twice(path: Flaw['path']): Flaw {
  return { path, message: 'is used twice' };
}
