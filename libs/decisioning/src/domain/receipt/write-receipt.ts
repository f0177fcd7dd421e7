import type { Decision, Evaluation } from '../decide/index.js';
import type { StoredFirstPlaces } from './first-places.js';
import type { ReceiptHeader } from './receipt.js';
import { BILLION, QUESTION_OF, VERSION } from './stored-receipt.js';

const MAX_DETAIL = 48;

/**
 * The receipt as compact JSON (some 30 bytes and the key a candidate): candidates are `[offer, stage, P in billionths,
 * C, V, L]`, followed by the number of the zone and the place in it when chosen; or `[offer, stage, rule, detail?, policy?]`
 * when a rule dropped it; `policy` says what of the engagement policy did, when it is not what the rule's name says of the
 * offer itself: `ge` is the eligibility of the group. The priority is the product of P, C, V and L.
 */
export function writeReceipt(header: ReceiptHeader, decision: Decision): string {
  const items = itemsOf(decision);
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
    ...(header.arm !== null && { i: header.arm }),
    ...(header.timeZone !== null && { t: header.timeZone }),
    l: header.learned,
    a: header.anonymousId,
    d: header.dialogueId,
    r: header.configurationRevision,
    z: decision.zones.map(({ zone, count }) => [zone.key, count]),
    ...(header.experiments?.length && {
      e: header.experiments.map(({ experiment, phase, variation }) => [experiment, phase, variation]),
    }),
    ...(items.length > 0 && { w: items, wc: header.itemsCounted ?? 0 }),
  });
  // Joined, not added up: a text that grows by addition weighs ten times as much until it is stored.
  const candidates = decision.evaluations.map(candidateRow).join(',');
  return `{"x":${header.context},${fixed.slice(1, -1)},"c":[${candidates}]}`;
}

/** The same receipt with the chances of first places in it. */
export function withFirstPlaces(receipt: string, { draws, zones }: StoredFirstPlaces): string {
  return `${receipt.slice(0, -1)},"q":${JSON.stringify([draws, zones])}}`;
}

/** Of each chosen offer that was filled with items: `[offer, items, what was begun with]`. */
function itemsOf({ evaluations }: Decision): [string, readonly string[], readonly string[]][] {
  const filled: [string, readonly string[], readonly string[]][] = [];
  for (const { offer, zone, picked } of evaluations)
    if (picked !== null && zone >= 0) filled.push([offer.key, picked.items, picked.from]);
  return filled;
}

function candidateRow(evaluation: Evaluation): string {
  const { offer, dropped, detail, zone, place } = evaluation;
  const named = offer.rows[evaluation.stage];
  if (dropped !== null && dropped !== 'outranked') {
    const policy = policyCode(evaluation);
    if (detail === null && policy === '') return `${named}"${dropped}"]`;
    const why = JSON.stringify(detail?.slice(0, MAX_DETAIL) ?? '');
    return policy === '' ? `${named}"${dropped}",${why}]` : `${named}"${dropped}",${why},"${policy}"]`;
  }
  const { propensity, contextWeight, lever } = evaluation;
  const rated = `${named}${Math.round(propensity * BILLION)},${offer.ratings.of(contextWeight, lever)}`;
  return zone < 0 ? `${rated}]` : `${rated},${zone},${place}]`;
}

/** Level and question by their first letters; empty where the drop rule alone says it. */
function policyCode({ dropped, level, question }: Evaluation): string {
  if (level === null || question === null || dropped === null) return '';
  return level === 'offer' && QUESTION_OF[dropped] === question ? '' : level.charAt(0) + question.charAt(0);
}
