import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { AddressStates, FactSources } from '@repartee/delivery';
import { type InboundReview, InboundReviews } from '@repartee/dialogue';
import { TaskStore } from '@repartee/engagement';
import { Ingest } from '@repartee/ingestion';
import { Database } from '@repartee/platform';
import { consentKey } from '@repartee/profile/domain';
import { inboundOrigin } from './inbound-messages.js';
import { SayConsent } from './say-consent.js';

export interface InboundVerdict {
  verdict: 'refused' | 'not_refused' | 'answered';
  scope: 'sender' | 'channel';
}

/** Seconds that a caller waits for a refusal to show in the person's record; the address holds it at once. */
const SHOW_WAIT = 2;

/** Takes a human's word on what a person wrote. */
@Injectable()
export class DecideInbound {
  constructor(
    @Inject(InboundReviews) private readonly reviews: InboundReviews,
    @Inject(AddressStates) private readonly addresses: AddressStates,
    @Inject(SayConsent) private readonly consent: SayConsent,
    @Inject(FactSources) private readonly sources: FactSources,
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(Database) private readonly database: Database,
    @Inject(TaskStore) private readonly tasks: TaskStore,
  ) {}

  /** Said twice it changes nothing more; said otherwise than before it is refused. */
  async decide(
    id: string,
    { verdict, scope }: InboundVerdict,
    caller: Principal,
  ): Promise<Result<InboundReview>> {
    const held = await this.reviews.find(id);
    if (!held) return fail(failure('DIALOGUE.REVIEW_NOT_FOUND', 'No message waits under this id.'));
    const { channel, address, sender } = held;
    const key = consentKey({ channel, ...(scope === 'sender' && sender !== null && { sender }) });
    const at = Date.parse(held.at);
    const decided = await this.database.transaction(async (tx) => {
      const review = await this.reviews.decide(tx, id, verdict, caller.keyId);
      if (review) await this.tasks.finish(tx, inboundOrigin(id), verdict);
      if (review && verdict === 'refused') {
        const news = { kind: 'consent', key, status: 'denied', at, id } as const;
        await this.addresses.hear(tx, [{ channel, address, news }]);
      }
      return review;
    });
    if (!decided)
      return fail(failure('DIALOGUE.REVIEW_DECIDED', `Somebody has said before that it is ${held.state}.`));
    if (verdict === 'refused') await this.refuse(decided, key, at, caller);
    return ok(decided);
  }

  private async refuse(
    { id, connector, address, text, profileId }: InboundReview,
    key: string,
    at: number,
    caller: Principal,
  ): Promise<void> {
    const namespace = this.sources.find(connector)?.addressNamespace ?? '';
    const said = await this.consent.say({
      who: profileId === null ? { namespace, value: address } : { profileId },
      key,
      status: 'denied',
      at,
      factId: `${id}:refused`,
      proof: { method: 'by word', form: connector, shown: text.slice(0, 2000), by: caller.keyId },
    });
    if (said) await this.ingest.visible(said, SHOW_WAIT);
  }
}
