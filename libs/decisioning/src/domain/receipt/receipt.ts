import { stages, type Stage } from '@repartee/learning/domain';
import { z } from 'zod';
import {
  engagementLevels,
  engagementQuestions,
  type EngagementLevel,
  type EngagementQuestion,
} from '../catalogue/index.js';
import type { ReceiptTrial } from './receipt-trial.js';
import { dropRules, type Decision, type DropRule, type Evaluation } from '../decide/index.js';

/** What a receipt says besides the decision itself. */
export interface ReceiptHeader {
  decisionId: string;
  /** Milliseconds. */
  at: number;
  channel: string;
  profileId: string | null;
  anonymousId: string | null;
  profileVersion: number;
  /** Something beside a device was known of the person; the rest of the person follows from the version. */
  known: boolean;
  /** Nothing was to be chosen for this person. */
  fallbackOnly: boolean;
  /** The policy by which the person was in the control group. */
  control: string | null;
  /** As the request said it. */
  timeZone: string | null;
  /** How far the log of what was learned was applied. */
  learned: number;
  dialogueId: string;
  configurationRevision: number;
  /** The request's context as JSON, or what stands for it. */
  context: string;
  /** The experiments that made, or could have made, a difference. */
  experiments?: readonly ReceiptTrial[];
}

/** One candidate as the receipt keeps it. */
export interface ReceiptCandidate {
  offer: string;
  stage: Stage;
  /** The zone it was chosen for; null when it was not. */
  zone: string | null;
  /** Its place in that zone, from 0. */
  place: number | null;
  /** The rule that dropped it, with what was unknown. */
  dropped: DropRule | null;
  detail: string | null;
  /** Which part of the engagement policy objected, and at which level; null for other rules. */
  question: EngagementQuestion | null;
  level: EngagementLevel | null;
  /** Null when a rule dropped it before ranking. */
  propensity: number | null;
  contextWeight: number | null;
  value: number | null;
  lever: number | null;
  priority: number | null;
}

/** The record of one decision. */
export interface Receipt {
  decisionId: string;
  at: string;
  channel: string;
  profileId: string | null;
  anonymousId: string | null;
  profileVersion: number;
  known: boolean;
  fallbackOnly: boolean;
  /** The policy by which the person was in the control group. */
  control: string | null;
  /** As the request said it. */
  timeZone: string | null;
  /** How far the log of what was learned was applied. */
  learned: number;
  dialogueId: string;
  configurationRevision: number;
  context: unknown;
  experiments: ReceiptTrial[];
  zones: { zone: string; count: number; offers: string[] }[];
  candidates: ReceiptCandidate[];
}

/** What stands where the receipt of an erased person stood, as JSON. */
export const ERASED_RECEIPT = '{"erased":true}';

const VERSION = 2;
const MAX_DETAIL = 48;
/** P is stored in billionths: whole numbers are written several times as fast. */
const BILLION = 1e9;

/**
 * The receipt as compact JSON (some 30 bytes and the key a candidate): candidates are `[offer, stage, P in billionths,
 * C, V, L]`, followed by the number of the zone and the place in it when chosen; or `[offer, stage, rule, detail?, policy?]`
 * when a rule dropped it; `policy` says what of the engagement policy did, when it is not what the rule's name says of the
 * offer itself: `ge` is the eligibility of the group. The priority is the product of P, C, V and L.
 */
export function writeReceipt(header: ReceiptHeader, decision: Decision): string {
  const fixed = JSON.stringify({
    v: VERSION,
    id: header.decisionId,
    at: header.at,
    ch: header.channel,
    p: header.profileId,
    pv: header.profileVersion,
    k: header.known ? 1 : 0,
    f: header.fallbackOnly ? 1 : 0,
    ...(header.control !== null && { g: header.control }),
    ...(header.timeZone !== null && { t: header.timeZone }),
    l: header.learned,
    a: header.anonymousId,
    d: header.dialogueId,
    r: header.configurationRevision,
    z: decision.zones.map(({ zone, count }) => [zone.key, count]),
    ...(header.experiments?.length && {
      e: header.experiments.map(({ experiment, phase, variation }) => [experiment, phase, variation]),
    }),
  });
  // Joined, not added up: a text that grows by addition weighs ten times as much until it is stored.
  const candidates = decision.evaluations.map(candidateRow).join(',');
  return `{"x":${header.context},${fixed.slice(1, -1)},"c":[${candidates}]}`;
}

function candidateRow(evaluation: Evaluation): string {
  const { offer, dropped, detail, zone, place } = evaluation;
  const named = `[${offer.json.key}${STAGE[evaluation.stage]}`;
  if (dropped !== null && dropped !== 'outranked') {
    const policy = policyCode(evaluation);
    if (detail === null && policy === '') return `${named}"${dropped}"]`;
    const why = JSON.stringify(detail?.slice(0, MAX_DETAIL) ?? '');
    return policy === '' ? `${named}"${dropped}",${why}]` : `${named}"${dropped}",${why},"${policy}"]`;
  }
  const { propensity, contextWeight, lever } = evaluation;
  const worth = lever === offer.lever ? offer.json.worth : `${offer.value},${lever}`;
  const rated = `${named}${Math.round(propensity * BILLION)},${contextWeight},${worth}`;
  return zone < 0 ? `${rated}]` : `${rated},${zone},${place}]`;
}

const QUESTION_OF: Partial<Record<DropRule, EngagementQuestion>> = {
  'not-eligible': 'eligibility',
  'not-applicable': 'applicability',
  'not-suitable': 'suitability',
  unknown: 'eligibility',
};

/** Level and question by their first letters; empty where the drop rule alone says it. */
function policyCode({ dropped, level, question }: Evaluation): string {
  if (level === null || question === null || dropped === null) return '';
  return level === 'offer' && QUESTION_OF[dropped] === question ? '' : level.charAt(0) + question.charAt(0);
}

function readPolicy(dropped: DropRule, code = ''): Pick<ReceiptCandidate, 'level' | 'question'> {
  const meant = QUESTION_OF[dropped];
  if (meant === undefined) return { level: null, question: null };
  return {
    level: engagementLevels.find((level) => level.startsWith(code.charAt(0) || 'o')) ?? null,
    question: engagementQuestions.find((question) => question.startsWith(code.charAt(1) || meant)) ?? null,
  };
}

/** The number of a stage between its commas. */
const STAGE = Object.fromEntries(stages.map((stage, number) => [stage, `,${number},`])) as Readonly<
  Record<Stage, string>
>;

const candidateSchema = z.union([
  z.tuple([z.string(), z.number(), z.number(), z.number(), z.number(), z.number()]).rest(z.number()),
  z.tuple([z.string(), z.number(), z.enum(dropRules)]).rest(z.string()),
]);

type RatedRow = [string, number, number, number, number, number, number?, number?];
const UNRATED = { propensity: null, contextWeight: null, value: null, lever: null, priority: null };

const storedSchema = z.object({
  v: z.literal(VERSION),
  id: z.string(),
  at: z.number(),
  ch: z.string(),
  p: z.string().nullable(),
  pv: z.number(),
  k: z.number(),
  l: z.number(),
  f: z.number(),
  g: z.string().optional(),
  t: z.string().optional(),
  a: z.string().nullable(),
  d: z.string(),
  r: z.number(),
  x: z.unknown(),
  z: z.array(z.tuple([z.string(), z.number()])),
  e: z.array(z.tuple([z.string(), z.number(), z.string()])).default([]),
  c: z.array(candidateSchema),
});

/** Reads what {@link writeReceipt} wrote. Throws when it is not a receipt. */
export function readReceipt(stored: unknown): Receipt {
  const receipt = storedSchema.parse(stored);
  const candidates = receipt.c.map((row) => readCandidate(row, receipt.z));
  return {
    decisionId: receipt.id,
    at: new Date(receipt.at).toISOString(),
    channel: receipt.ch,
    profileId: receipt.p,
    anonymousId: receipt.a,
    profileVersion: receipt.pv,
    known: receipt.k === 1,
    fallbackOnly: receipt.f === 1,
    control: receipt.g ?? null,
    timeZone: receipt.t ?? null,
    learned: receipt.l,
    dialogueId: receipt.d,
    configurationRevision: receipt.r,
    context: receipt.x,
    experiments: receipt.e.map(([experiment, phase, variation]) => ({ experiment, phase, variation })),
    zones: receipt.z.map(([zone, count]) => ({ zone, count, offers: offersIn(zone, candidates) })),
    candidates,
  };
}

function offersIn(zone: string, candidates: readonly ReceiptCandidate[]): string[] {
  return candidates
    .filter((candidate) => candidate.zone === zone)
    .sort((a, b) => (a.place ?? 0) - (b.place ?? 0))
    .map((candidate) => candidate.offer);
}

function readCandidate(row: z.infer<typeof candidateSchema>, zones: [string, number][]): ReceiptCandidate {
  const offer = row[0];
  const stage = stages[row[1]] ?? 'new';
  if (typeof row[2] === 'string') {
    const [, , dropped, detail, policy] = row as [string, number, DropRule, string?, string?];
    const found = { ...readPolicy(dropped, policy), detail: detail || null };
    return { offer, stage, zone: null, place: null, dropped, ...found, ...UNRATED };
  }
  const [, , billionths, contextWeight, value, lever, zoneNumber, place] = row as RatedRow;
  const propensity = billionths / BILLION;
  const zone = zoneNumber === undefined ? null : (zones[zoneNumber]?.[0] ?? null);
  return {
    offer,
    stage,
    zone,
    place: place ?? null,
    dropped: zone === null ? 'outranked' : null,
    detail: null,
    question: null,
    level: null,
    propensity,
    contextWeight,
    value,
    lever,
    priority: propensity * contextWeight * value * lever,
  };
}
