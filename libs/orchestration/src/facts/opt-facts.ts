import { Inject, Injectable } from '@nestjs/common';
import { type FactSource, happenedAt, optSubject } from '@repartee/delivery';
import { consentKey } from '@repartee/profile/domain';
import type { FactAtHand } from './fact-at-hand.js';
import { SayConsent } from './say-consent.js';

/** Opt-outs and opt-ins said on a channel. The address has held them since they were stored; the person hears of them here. */
@Injectable()
export class OptFacts {
  constructor(@Inject(SayConsent) private readonly consent: SayConsent) {}

  async hear(stored: FactAtHand<'opt-out' | 'opt-in'>, source: FactSource): Promise<void> {
    const { id, fact, connector } = stored;
    await this.consent.say({
      who: { namespace: source.addressNamespace, value: fact.address },
      key: consentKey(optSubject(fact, source.channel)),
      status: fact.kind === 'opt-out' ? 'denied' : 'granted',
      at: happenedAt(stored),
      factId: id,
      proof: { method: 'by word', form: connector, ...(fact.text !== undefined && { shown: fact.text }) },
    });
  }
}
