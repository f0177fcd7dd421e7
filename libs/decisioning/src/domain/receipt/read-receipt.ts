import { stages } from '@repartee/learning/domain';
import { z } from 'zod';
import { engagementLevels, engagementQuestions } from '../catalogue/index.js';
import { dropRules, type DropRule } from '../decide/index.js';
import { type ArmOfDecision, armPriority, impactArms } from '../impact/index.js';
import { firstPlacesOf } from './first-places.js';
import type { Receipt, ReceiptCandidate } from './receipt.js';
import { BILLION, QUESTION_OF, VERSION } from './stored-receipt.js';

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
  i: z.enum(impactArms).optional(),
  t: z.string().optional(),
  a: z.string().nullable(),
  d: z.string(),
  r: z.number(),
  x: z.unknown(),
  z: z.array(z.tuple([z.string(), z.number()])),
  e: z.array(z.tuple([z.string(), z.number(), z.string()])).default([]),
  w: z.array(z.tuple([z.string(), z.array(z.string()), z.array(z.string())])).default([]),
  wc: z.number().optional(),
  c: z.array(candidateSchema),
  q: z
    .tuple([z.number(), z.array(z.tuple([z.number(), z.array(z.tuple([z.number(), z.number()]))]))])
    .optional(),
});

/** Reads what writeReceipt wrote. Throws when it is not a receipt. */
export function readReceipt(stored: unknown): Receipt {
  const receipt = storedSchema.parse(stored);
  const arm = receipt.i === undefined ? null : { arm: receipt.i, seed: receipt.id };
  const candidates = receipt.c.map((row) => readCandidate(row, receipt.z, arm));
  const first =
    receipt.q &&
    firstPlacesOf(
      { draws: receipt.q[0], zones: receipt.q[1] },
      candidates.map(({ offer }) => offer),
    );
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
    arm: receipt.i ?? null,
    timeZone: receipt.t ?? null,
    learned: receipt.l,
    dialogueId: receipt.d,
    configurationRevision: receipt.r,
    context: receipt.x,
    experiments: receipt.e.map(([experiment, phase, variation]) => ({ experiment, phase, variation })),
    items: receipt.w.map(([offer, items, from]) => ({ offer, items, from })),
    itemsCounted: receipt.wc ?? null,
    zones: receipt.z.map(([zone, count], number) => ({
      zone,
      count,
      offers: offersIn(zone, candidates),
      first: first?.[number] ?? null,
    })),
    candidates,
  };
}

function offersIn(zone: string, candidates: readonly ReceiptCandidate[]): string[] {
  return candidates
    .filter((candidate) => candidate.zone === zone)
    .sort((a, b) => (a.place ?? 0) - (b.place ?? 0))
    .map((candidate) => candidate.offer);
}

function readCandidate(
  row: z.infer<typeof candidateSchema>,
  zones: [string, number][],
  arm: ArmOfDecision | null,
): ReceiptCandidate {
  const offer = row[0];
  const stage = stages[row[1]] ?? 'new';
  if (typeof row[2] === 'string') {
    const [, , dropped, detail, policy] = row as [string, number, DropRule, string?, string?];
    const found = { ...readPolicy(dropped, policy), detail: detail || null };
    return { offer, stage, zone: null, place: null, dropped, ...found, ...UNRATED };
  }
  const [, , billionths, contextWeight, value, lever, zoneNumber, place] = row as RatedRow;
  const propensity = billionths / BILLION;
  const rated = { propensity, contextWeight, value, lever };
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
    priority: arm ? armPriority(arm, offer, rated) : propensity * contextWeight * value * lever,
  };
}

function readPolicy(dropped: DropRule, code = ''): Pick<ReceiptCandidate, 'level' | 'question'> {
  const meant = QUESTION_OF[dropped];
  if (meant === undefined) return { level: null, question: null };
  return {
    level: engagementLevels.find((level) => level.startsWith(code.charAt(0) || 'o')) ?? null,
    question: engagementQuestions.find((question) => question.startsWith(code.charAt(1) || meant)) ?? null,
  };
}
