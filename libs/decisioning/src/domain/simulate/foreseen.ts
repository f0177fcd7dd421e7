import type { Decision, Evaluation } from '../decide/index.js';

/** A decision of which nothing comes: nobody is told, nothing is recorded or reserved. */
export interface Foreseen {
  decision: Decision;
  /** The policy by which the person is in the control group. */
  control: string | null;
  /** How likely a yes to an offer is by what has been learned, without the draw that a decision makes. */
  expected: (evaluation: Evaluation) => number;
}

/** What one zone would show: keys of offers in their order. */
export interface ZoneAnswer {
  zone: string;
  count: number;
  offers: string[];
}

export function answersOf({ decision }: Foreseen): ZoneAnswer[] {
  return decision.zones.map(({ zone, count, choices }) => ({
    zone: zone.key,
    count,
    offers: choices.map(({ evaluation }) => evaluation.offer.key),
  }));
}
