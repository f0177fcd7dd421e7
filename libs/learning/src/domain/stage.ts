import type { ResponseType } from '@repartee/contracts';

/** Where one person stands with one offer; the last word counts, and silence after a display is `seen`. */
export const stages = ['new', 'seen', 'clicked', 'later', 'dismissed', 'rejected', 'accepted'] as const;
export type Stage = (typeof stages)[number];

/** A value of another make (an older token, a foreign row) is nobody's stage: it counts as `new`. */
export function toStage(value: string): Stage {
  return (stages as readonly string[]).includes(value) ? (value as Stage) : 'new';
}

/** What each response says about "shown" and "said yes"; see {@link evidenceOf}. */
const CREDIT: Readonly<Record<ResponseType, number | null>> = {
  not_presented: null,
  impression: 0,
  reject: 0,
  dismiss: 0,
  later: 0.1,
  click: 0.3,
  accept: 1,
  convert: 1,
};

/** How much of a yes a response is: 1 for accept and convert, 0.3 for a click, 0.1 for "later", 0 for a no; null teaches nothing. */
export function creditOf(response: ResponseType): number | null {
  return CREDIT[response];
}

/** One response to one presented offer, as learning sees it. */
export interface Observation {
  /** With the offer it names the presentation: one display of one offer to one person. */
  decisionId: string;
  offer: string;
  channel: string;
  /** Where the person stood when the offer was decided (not after the response). */
  stage: Stage;
  response: ResponseType;
}

/** What an observation adds to the counts. */
export interface Evidence {
  shown: number;
  positive: number;
}

/**
 * The evidence in one more response to a presentation: it counts as shown once, and as positive by the credit of its best
 * response. Without a response it stays shown and nothing more. The sum does not depend on the order of arrival.
 * @param previous the best credit of this presentation before, or null when it is new
 * @param credit the best credit of this presentation now
 */
export function evidenceOf(previous: number | null, credit: number): Evidence {
  if (previous === null) return { shown: 1, positive: credit };
  return { shown: 0, positive: Math.max(0, credit - previous) };
}
