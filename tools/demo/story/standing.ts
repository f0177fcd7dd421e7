import { type Hub, HubError, pause } from '../system/hub.js';

/** How an offer stands in the next decision for one person. */
export interface Standing {
  /** Place in the zone, from 1. */
  place: number;
  /** Key of the offer in the first place. */
  first: string;
  priority: number;
  propensity: number;
  reason: string;
}

interface DecisionAnswer {
  decisionId: string;
  profileId: string;
  zones: { offers: { offer: string; reason: string; priority: number }[] }[];
}

interface ReceiptAnswer {
  candidates: { offer: string; propensity: number | null }[];
}

const ZONE = 'home.hero';
const MOST = 20;
const RECEIPT_TRIES = 20;

/** Asks what a page would show this person now. */
export async function standingOf(
  hub: Hub,
  userId: string,
  offer: string,
  signal: AbortSignal,
): Promise<Standing | undefined> {
  const { decisionId, zones } = await hub.post<DecisionAnswer>('/v1/decisions', {
    identifiers: { userId },
    channel: 'web',
    zones: [{ zone: ZONE, count: MOST }],
  });
  const offers = zones[0]?.offers ?? [];
  const index = offers.findIndex((one) => one.offer === offer);
  const found = offers[index];
  if (!found) return undefined;
  const { candidates } = await receiptOf(hub, decisionId, signal);
  const propensity = candidates.find((one) => one.offer === offer)?.propensity ?? Number.NaN;
  const { priority, reason } = found;
  return { place: index + 1, first: offers[0]?.offer ?? offer, priority, propensity, reason };
}

/** A receipt is durable a moment after the answer. */
async function receiptOf(hub: Hub, decisionId: string, signal: AbortSignal): Promise<ReceiptAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await hub.get<ReceiptAnswer>(`/v1/decisions/${decisionId}`);
    } catch (error) {
      if (!(error instanceof HubError) || error.status !== 404 || attempt === RECEIPT_TRIES) throw error;
      await pause(50, signal);
    }
  }
}
