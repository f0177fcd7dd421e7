import { failure, type DecidedOffer, type Failure, type ResponseType } from '@repartee/contracts';
import type { OfferToken } from './offer-token.js';

/** Whether a response comes too late: only an accept can, for `validUntil` ends acceptance and not reporting. */
export function isLateAccept(type: ResponseType, token: Pick<OfferToken, 'validUntil'>, at: number): boolean {
  return type === 'accept' && at >= token.validUntil;
}

/** The refusal of a late accept, with what the person may have instead (the top offer of a fresh decision). */
export function offerExpired(
  token: Pick<OfferToken, 'offer' | 'validUntil'>,
  replacement: DecidedOffer | null,
): Failure {
  return failure(
    'OFFER.EXPIRED',
    `The offer ${token.offer} could be accepted until ${new Date(token.validUntil).toISOString()}.`,
    { extra: { replacement } },
  );
}
