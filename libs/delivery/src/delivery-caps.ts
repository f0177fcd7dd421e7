import { Inject, Injectable } from '@nestjs/common';
import { HardCaps, OfferTokens } from '@repartee/decisioning';
import type { Transaction } from '@repartee/platform';
import type { CachedProfile } from '@repartee/profile';
import type { Delivery } from './domain/delivery.js';

type Offered = Pick<Delivery, 'offer' | 'offerToken' | 'channel'>;

/** Keeps what is sent within hard caps. */
@Injectable()
export class DeliveryCaps {
  constructor(
    @Inject(HardCaps) private readonly caps: HardCaps,
    @Inject(OfferTokens) private readonly tokens: OfferTokens,
  ) {}

  /** Makes sure that there is room for what is about to leave. @returns the cap that leaves none, or null */
  async claim(tx: Transaction, delivery: Offered, { record, view }: CachedProfile): Promise<string | null> {
    const token = this.tokenOf(delivery);
    if (!token) return null;
    const { decisionId, offer, reserved } = token;
    const way = {
      decisionId,
      offer,
      reserved,
      channel: delivery.channel,
      profileId: record.id,
      profile: view,
    };
    return this.caps.claim(tx, way);
  }

  /** It never arrived: others may have its room. */
  async giveBack(tx: Transaction, delivery: Offered): Promise<void> {
    const token = this.tokenOf(delivery);
    if (token?.reserved) await this.caps.giveBack([token], { confirmed: true, tx });
  }

  private tokenOf({ offer, offerToken }: Offered) {
    return offer === null || offerToken === null ? null : this.tokens.open(offerToken);
  }
}
