import type { HubClient } from './hub-client.js';
import type { Offer, ResponseDetails } from './repartee.js';
import { ReparteeError } from './repartee-error.js';
import { retryDelay } from './retry-delay.js';
import type { Session } from './session.js';
import type { Surroundings } from './surroundings.js';

export type ResponseKind = 'impression' | 'click' | 'accept' | 'reject' | 'dismiss' | 'not_presented';

const TRIES = 4;

/** Reports what became of offers. A response keeps its id over tries, so it counts once. */
export class Responses {
  private readonly seen = new Set<string>();

  constructor(
    private readonly session: Session,
    private readonly hub: HubClient,
    private readonly surroundings: Surroundings,
  ) {}

  async impression(offer: Offer): Promise<void> {
    if (this.seen.has(offer.token)) return;
    this.seen.add(offer.token);
    await this.report(offer, 'impression');
  }

  async report(offer: Offer, type: ResponseKind, details: ResponseDetails = {}): Promise<void> {
    const body = {
      responseId: this.surroundings.newId(),
      token: offer.token,
      type,
      at: new Date(this.surroundings.now()).toISOString(),
      ...details,
    };
    for (let tries = 1; ; tries++) {
      try {
        await this.session.with((authorization) =>
          this.hub.post({ path: '/v1/responses', body, authorization, keepalive: true }),
        );
        return;
      } catch (error) {
        if (!(error instanceof ReparteeError) || !error.retryable || tries === TRIES) throw error;
        await pause(retryDelay(tries, this.surroundings.random(), error.retryAfter));
      }
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
