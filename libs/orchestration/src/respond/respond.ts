import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import { type DecidedOffer, fail, failure, ok, type OfferResponse, type Result } from '@repartee/contracts';
import { HardCaps, Negotiations, OfferTokens } from '@repartee/decisioning';
import { isLateAccept, offerExpired, type OfferToken } from '@repartee/decisioning/domain';
import { Ingest, type Ingested } from '@repartee/ingestion';
import { Clock, newId, Tracer } from '@repartee/platform';
import { internalEvent, type ResponsePayload } from '../process-event/internal-event.js';
import { Replacements } from './replacements.js';

/** Takes responses: each becomes an event of the log, durable before the answer. */
@Injectable()
export class Respond {
  constructor(
    @Inject(OfferTokens) private readonly tokens: OfferTokens,
    @Inject(Replacements) private readonly replacements: Replacements,
    @Inject(HardCaps) private readonly caps: HardCaps,
    @Inject(Negotiations) private readonly negotiations: Negotiations,
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Tracer) private readonly tracer: Tracer,
  ) {}

  /** One response. A late accept is refused with what the person may have instead. */
  async respond(
    response: OfferResponse,
    caller?: Principal,
  ): Promise<Result<{ ingested: Ingested; offer: OfferToken }>> {
    const offer = this.tokens.open(response.token);
    if (!offer)
      return fail(failure('RESPONSE.INVALID_TOKEN', 'The token was not made here, or was changed.'));
    const now = this.clock.now();
    const at = Math.min(response.at === undefined ? now : Date.parse(response.at), now);
    if (isLateAccept(response.type, offer, now))
      return fail(offerExpired(offer, await this.replacement(offer, caller)));
    const agreed = await this.negotiations.heard(offer, response.type);
    if (!agreed.ok) return agreed;
    await this.caps.heard([{ offer, type: response.type }]);
    const ingested = await this.ingest.internal([
      internalEvent({
        id: newId(),
        type: 'response',
        name: `offer:${response.type}`,
        messageId: `${offer.decisionId}:${response.responseId}`,
        at: Math.max(at, offer.issuedAt),
        subject: offer.profileId ?? offer.anonymousId ?? offer.decisionId,
        payload: payloadOf(response, offer),
        traceparent: this.tracer.currentTraceparent(),
      }),
    ]);
    return ingested.ok ? ok({ ingested: ingested.value, offer }) : ingested;
  }

  /** What the person of an old token would be offered now in the same place. */
  replacement(offer: OfferToken, caller?: Principal): Promise<DecidedOffer | null> {
    return this.replacements.of(offer, caller);
  }
}

function payloadOf(response: OfferResponse, offer: OfferToken) {
  const { responseId, type, value, currency, reason, until, humanProbability } = response;
  const payload: ResponsePayload = {
    profileId: offer.profileId,
    anonymousId: offer.anonymousId,
    response: {
      id: responseId,
      type,
      ...(value !== undefined && { value }),
      ...(currency !== undefined && { currency }),
      ...(reason !== undefined && { reason }),
      ...(until !== undefined && { until }),
      ...(humanProbability !== undefined && { humanProbability }),
    },
    offer,
  };
  return payload;
}
