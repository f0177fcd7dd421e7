import { z } from 'zod';
import { type ArmOfDecision, armPriority, impactArms } from '../impact/index.js';
import { unpackCandidates } from './candidate-rows.js';
import { firstPlacesOf } from './first-places.js';
import type { Receipt, ReceiptCandidate } from './receipt.js';
import type { Roster } from './roster.js';
import { VERSION } from './write-receipt.js';

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
  o: z.string(),
  n: z.array(z.int().nonnegative()),
  m: z.array(z.number()).default([]),
  s: z.array(z.string()).default([]),
  h: z.array(z.tuple([z.number(), z.number(), z.number()])).default([]),
  c: z.base64(),
  q: z
    .tuple([z.number(), z.array(z.tuple([z.number(), z.array(z.tuple([z.number(), z.number()]))]))])
    .optional(),
});

const rosterNameSchema = storedSchema.pick({ v: true, o: true });

/** The name of the roster that a stored receipt numbers its offers by. Throws when it is not a receipt. */
export function rosterNameOf(stored: unknown): string {
  return rosterNameSchema.parse(stored).o;
}

/**
 * Reads what {@link ReceiptWriter} wrote. Throws when it is not a receipt.
 * @param roster the one that the receipt names
 */
export function readReceipt(stored: unknown, roster: Roster): Receipt {
  const receipt = storedSchema.parse(stored);
  const arm = receipt.i === undefined ? null : { arm: receipt.i, seed: receipt.id };
  const packed = {
    runs: receipt.n,
    ratings: receipt.m,
    details: receipt.s,
    chosen: receipt.h,
    rows: receipt.c,
  };
  const candidates = unpackCandidates(
    packed,
    roster,
    receipt.z.map(([zone]) => zone),
  ).map((candidate) => ({ ...candidate, priority: priorityOf(candidate, arm) }));
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

/** Null for what a rule dropped before ranking. */
function priorityOf(
  { offer, propensity, contextWeight, value, lever }: Omit<ReceiptCandidate, 'priority'>,
  arm: ArmOfDecision | null,
): number | null {
  if (propensity === null || contextWeight === null || value === null || lever === null) return null;
  return arm
    ? armPriority(arm, offer, { propensity, contextWeight, value, lever })
    : propensity * contextWeight * value * lever;
}
