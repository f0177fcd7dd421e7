import type { ResponseType } from '@repartee/contracts';
import type { Stage } from '@repartee/learning/domain';
import type { OfferMemory } from '@repartee/profile/domain';

/** A response as the memory takes it in. */
export interface RememberedResponse {
  id: string;
  type: ResponseType;
  /** Milliseconds since the epoch. */
  at: number;
  /** When the offer it speaks of was decided. Milliseconds since the epoch. */
  issuedAt?: number | undefined;
  /** With `later`: until when. Milliseconds since the epoch. */
  until?: number | undefined;
}

export const EMPTY_OFFER_MEMORY: Readonly<OfferMemory> = Object.freeze({
  impressions: 0,
  clicks: 0,
  accepts: 0,
  rejects: 0,
  dismissals: 0,
  laters: 0,
  converts: 0,
  lastResponse: null,
  lastAt: null,
  lastId: null,
});

type Counter = Exclude<keyof OfferMemory, 'lastResponse' | 'lastAt' | 'lastId'>;

/** What a type of response means: which counter of `profile.offers[key]` it raises, where it leaves the person, whether it is a yes. */
export interface ResponseClass {
  counter: Counter | null;
  stage: Stage | null;
  positive: boolean;
}

const CLASSES: Readonly<Record<ResponseType, ResponseClass>> = {
  impression: { counter: 'impressions', stage: 'seen', positive: false },
  click: { counter: 'clicks', stage: 'clicked', positive: true },
  accept: { counter: 'accepts', stage: 'accepted', positive: true },
  convert: { counter: 'converts', stage: 'accepted', positive: true },
  reject: { counter: 'rejects', stage: 'rejected', positive: false },
  dismiss: { counter: 'dismissals', stage: 'dismissed', positive: false },
  later: { counter: 'laters', stage: 'later', positive: false },
  not_presented: { counter: null, stage: null, positive: false },
};

/** What a type of response means for the person and for learning. `not_presented` means nothing. */
export function classifyResponse(type: ResponseType): ResponseClass {
  return CLASSES[type];
}

/**
 * Adds one response. Applying a set of responses gives the same memory in any order; each must be applied once
 * (the caller knows responses by their id).
 */
export function applyResponse(memory: OfferMemory | undefined, response: RememberedResponse): OfferMemory {
  const next = { ...(memory ?? EMPTY_OFFER_MEMORY) };
  const { counter } = classifyResponse(response.type);
  if (counter === null) return next;
  next[counter] += 1;
  if (response.issuedAt !== undefined) next.since = Math.min(next.since ?? Infinity, response.issuedAt);
  if (isLater(response, next)) {
    next.lastResponse = response.type;
    next.lastAt = response.at;
    next.lastId = response.id;
    if (response.until === undefined || response.type !== 'later') delete next.until;
    else next.until = response.until;
  }
  return next;
}

/** Whether the response is the one to remember: a telling one before a mere impression, then by time, then by id. */
function isLater(response: RememberedResponse, memory: OfferMemory): boolean {
  if (memory.lastResponse === null || memory.lastAt === null) return true;
  const tells = response.type !== 'impression';
  const told = memory.lastResponse !== 'impression';
  if (tells !== told) return tells;
  const difference = response.at - memory.lastAt;
  return difference !== 0 ? difference > 0 : response.id > (memory.lastId ?? '');
}

/** Where a person stands with an offer. */
export function stageOf(memory: Pick<OfferMemory, 'lastResponse'> | undefined): Stage {
  const last = memory?.lastResponse ?? null;
  if (last === null || !Object.hasOwn(CLASSES, last)) return 'new';
  return CLASSES[last as ResponseType].stage ?? 'new';
}
