import type { Features } from '../bandit/index.js';
import { areaUnderCurve } from './measures.js';

/** One response with the features it was learned with. */
export interface Evidence {
  features: Features;
  reward: number;
  weight: number;
}

/** The responses that share a value, or a range of values, of one predictor. */
export interface PredictorBin {
  /** A value, a range as `2 to 5`, `other`, or `missing`. */
  label: string;
  responses: number;
  rate: number;
  /** The rate over that of all: 2 is twice as many yes. */
  lift: number;
  /** Standard errors by which the rate differs from that of all. */
  z: number;
}

/** How much one fact tells of the answer. */
export interface PredictorHealth {
  name: string;
  kind: 'number' | 'category';
  /** Responses in which it was known, and how many of them were a yes, added up. */
  responses: number;
  positives: number;
  /** By the bins' rates: 0.5 tells nothing, 1 tells all. */
  auc: number;
  bins: PredictorBin[];
}

/** No bin holds less than this share of the responses, but for `missing` and `other`. */
export const LEAST_BIN = 0.05;
/** Bins of a number. */
const MOST_BINS = 10;

/** All predictors seen in the evidence, the most telling first. */
export function predictorsOf(evidence: readonly Evidence[]): PredictorHealth[] {
  const names = new Set(evidence.flatMap(({ features }) => Object.keys(features)));
  return [...names]
    .map((name) => predictorOf(name, evidence))
    .sort((a, b) => b.auc - a.auc || (a.name < b.name ? -1 : 1));
}

function predictorOf(name: string, evidence: readonly Evidence[]): PredictorHealth {
  const known = evidence.filter(({ features }) => features[name] != null);
  const numeric = known.every(({ features }) => typeof features[name] === 'number');
  const groups = numeric ? ranges(name, known, evidence.length) : values(name, known, evidence.length);
  const missing = evidence.filter(({ features }) => features[name] == null);
  if (missing.length > 0) groups.push(['missing', missing]);
  const rate = rateOf(evidence);
  const bins = groups.map(([label, members]) => binOf(label, members, rate));
  const predictions = groups.flatMap(([, members], at) =>
    members.map(({ reward, weight }) => ({ predicted: bins[at]!.rate, reward, weight })),
  );
  const positives = known.reduce((sum, { reward, weight }) => sum + reward * weight, 0);
  const auc = areaUnderCurve(predictions) ?? 0.5;
  return { name, kind: numeric ? 'number' : 'category', responses: known.length, positives, auc, bins };
}

type Group = [label: string, members: Evidence[]];

/** Ranges of equally many responses; equal values stay together. */
function ranges(name: string, known: readonly Evidence[], total: number): Group[] {
  const valueOf = (one: Evidence) => one.features[name] as number;
  const sorted = [...known].sort((a, b) => valueOf(a) - valueOf(b));
  const size = Math.max(1, Math.ceil(sorted.length / MOST_BINS), Math.ceil(LEAST_BIN * total));
  const cuts: Evidence[][] = [];
  for (const one of sorted) {
    const last = cuts.at(-1);
    if (!last || (last.length >= size && valueOf(last.at(-1)!) !== valueOf(one))) cuts.push([one]);
    else last.push(one);
  }
  const tail = cuts.at(-1);
  if (cuts.length > 1 && tail!.length < LEAST_BIN * total) cuts.splice(-2, 2, [...cuts.at(-2)!, ...tail!]);
  return cuts.map((members) => [rangeLabel(valueOf(members[0]!), valueOf(members.at(-1)!)), members]);
}

function rangeLabel(from: number, to: number): string {
  const brief = (value: number) => String(Number(value.toPrecision(4)));
  return brief(from) === brief(to) ? brief(from) : `${brief(from)} to ${brief(to)}`;
}

/** Each value that is frequent enough; the rest is `other`. */
function values(name: string, known: readonly Evidence[], total: number): Group[] {
  const groups = new Map<string, Evidence[]>();
  for (const one of known) {
    const label = String(one.features[name]);
    const members = groups.get(label);
    if (members) members.push(one);
    else groups.set(label, [one]);
  }
  const frequent = [...groups].filter(([, members]) => members.length >= LEAST_BIN * total);
  const other = [...groups]
    .filter(([, members]) => members.length < LEAST_BIN * total)
    .flatMap(([, of]) => of);
  frequent.sort(([a], [b]) => (a < b ? -1 : 1));
  return other.length > 0 ? [...frequent, ['other', other]] : frequent;
}

function binOf(label: string, members: readonly Evidence[], overall: number): PredictorBin {
  const rate = rateOf(members);
  const error = Math.sqrt((overall * (1 - overall)) / members.length);
  return {
    label,
    responses: members.length,
    rate,
    lift: overall > 0 ? rate / overall : 1,
    z: error > 0 ? (rate - overall) / error : 0,
  };
}

function rateOf(members: readonly Evidence[]): number {
  let sum = 0;
  let weights = 0;
  for (const { reward, weight } of members) {
    sum += weight * reward;
    weights += weight;
  }
  return weights === 0 ? 0 : sum / weights;
}
