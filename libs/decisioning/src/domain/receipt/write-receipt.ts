import type { Decision } from '../decide/index.js';
import { CandidatePacker } from './candidate-rows.js';
import type { StoredFirstPlaces } from './first-places.js';
import type { ReceiptHeader } from './receipt.js';

/** Of the form in which receipts are stored. */
export const VERSION = 3;

/** Writes receipts as compact JSON: some 500 bytes, and 11 a candidate. */
export class ReceiptWriter {
  private readonly packer = new CandidatePacker();

  write(header: ReceiptHeader, decision: Decision): string {
    const items = itemsOf(decision);
    const { runs, ratings, details, chosen, rows } = this.packer.pack(decision.evaluations);
    const fixed = JSON.stringify({
      v: VERSION,
      id: header.decisionId,
      at: header.at,
      ch: header.channel,
      p: header.profileId,
      pv: header.profileVersion,
      k: header.known ? 1 : 0,
      f: header.fallbackOnly ? 1 : 0,
      l: header.learned,
      a: header.anonymousId,
      d: header.dialogueId,
      r: header.configurationRevision,
      z: decision.zones.map(({ zone, count }) => [zone.key, count]),
      o: header.roster,
      n: runs,
      ...(header.control !== null && { g: header.control }),
      ...(header.arm !== null && { i: header.arm }),
      ...(header.timeZone !== null && { t: header.timeZone }),
      ...(header.experiments?.length && {
        e: header.experiments.map(({ experiment, phase, variation }) => [experiment, phase, variation]),
      }),
      ...(items.length > 0 && { w: items, wc: header.itemsCounted ?? 0 }),
      ...(ratings.length > 0 && { m: ratings }),
      ...(details.length > 0 && { s: details }),
      ...(chosen.length > 0 && { h: chosen }),
    });
    return `{"x":${header.context},${fixed.slice(1, -1)},"c":"${rows}"}`;
  }
}

/** The same receipt with the chances of first places in it. */
export function withFirstPlaces(receipt: string, { draws, zones }: StoredFirstPlaces): string {
  return `${receipt.slice(0, -1)},"q":${JSON.stringify([draws, zones])}}`;
}

/** Of each chosen offer that was filled with items: `[offer, items, what was begun with]`. */
function itemsOf({ zones }: Decision): [string, readonly string[], readonly string[]][] {
  const filled: [string, readonly string[], readonly string[]][] = [];
  for (const { choices } of zones)
    for (const { evaluation } of choices)
      if (evaluation.picked !== null)
        filled.push([evaluation.offer.key, evaluation.picked.items, evaluation.picked.from]);
  return filled;
}
