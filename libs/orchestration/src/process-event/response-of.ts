import type { ResponseType } from '@repartee/contracts';
import type { OfferToken } from '@repartee/decisioning/domain';
import type { LoggedEvent } from '@repartee/ingestion/domain';
import type { ResponsePayload } from './internal-event.js';

/** A response found in the log. */
export interface FoundResponse {
  id: string;
  type: ResponseType;
  offer: OfferToken;
  value?: number;
  currency?: string;
  reason?: string;
  humanProbability?: number;
  until?: string;
}

/** What the last word of an event's name says of an offer. */
const BY_WORD: Readonly<Record<string, ResponseType>> = {
  viewed: 'impression',
  displayed: 'impression',
  opened: 'impression',
  clicked: 'click',
  accepted: 'accept',
  rejected: 'reject',
  dismissed: 'dismiss',
  completed: 'convert',
};

/** The response an event carries: its own, or a track event's whose properties hold the `token` of an offer. */
export function responseOf(
  event: Pick<LoggedEvent, 'id' | 'type' | 'name' | 'payload'>,
  open: (token: string) => OfferToken | null,
): FoundResponse | undefined {
  if (event.type === 'response') {
    const { response, offer } = event.payload as unknown as ResponsePayload;
    return { ...response, offer };
  }
  const properties = event.payload['properties'] as Record<string, unknown> | undefined;
  const token = event.type === 'track' ? properties?.['token'] : undefined;
  const type = BY_WORD[event.name?.split(' ').at(-1)?.toLowerCase() ?? ''];
  const offer = typeof token === 'string' && type ? open(token) : null;
  return type && offer ? { id: event.id, type, offer } : undefined;
}
