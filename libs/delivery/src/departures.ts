import { Inject, Injectable } from '@nestjs/common';
import { SendObjections } from '@repartee/decisioning';
import { Clock, CONFIG, type Config, type Transaction } from '@repartee/platform';
import type { CachedProfile } from '@repartee/profile';
import type { ChannelConnector } from './connector-gateway.js';
import { DeliveryCaps } from './delivery-caps.js';
import type { Delivery } from './domain/delivery.js';
import { type GateVerdict, passGate, type Pause } from './domain/gate.js';
import { QuietTimes } from './quiet-times.js';
import type { Recipient } from './recipients.js';

/** A message that may leave, and where to. */
export interface Departure {
  delivery: Delivery;
  profile: CachedProfile;
  address: string;
}

/** Says for one message whether it may leave now: the gate first, then the rules of its offer, then hard caps. */
@Injectable()
export class Departures {
  constructor(
    @Inject(DeliveryCaps) private readonly caps: DeliveryCaps,
    @Inject(SendObjections) private readonly objections: SendObjections,
    @Inject(QuietTimes) private readonly quietTimes: QuietTimes,
    @Inject(CONFIG) private readonly config: Pick<Config, 'deliveryStaleAfter'>,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @param to its connector is undefined when none serves the channel */
  async check(
    tx: Transaction,
    delivery: Delivery,
    to: { recipient: Recipient; connector: ChannelConnector | undefined; pauses: readonly Pause[] },
  ): Promise<Departure | { held: GateVerdict }> {
    const { profile, standing, unwanted, uncalled, addresses, address, hold } = to.recipient;
    const now = this.clock.now();
    const verdict = passGate({
      delivery,
      record: profile?.record,
      standing,
      unwanted,
      uncalled,
      addresses,
      address,
      addressNamespace: to.connector?.addressNamespace,
      sender: to.connector?.sender,
      pauses: to.pauses,
      hold,
      quiet: profile ? this.quietTimes.of(delivery, profile, now) : null,
      staleAfter: this.config.deliveryStaleAfter,
      now,
    });
    if (verdict.verdict !== 'send' || !profile) return { held: verdict };
    const reason = this.objectionTo(delivery, profile, now);
    if (reason !== null) return { held: heldBy(delivery, reason) };
    const cap = await this.caps.claim(tx, delivery, profile);
    if (cap !== null) return { held: { verdict: 'stale', reason: `no more of it may be sent: ${cap}` } };
    return { delivery, profile, address: verdict.address };
  }

  /** Between the plan and now the person may have had enough, said no, or bought; the offer may be over. */
  private objectionTo(delivery: Delivery, { record, view }: CachedProfile, now: number): string | null {
    if (delivery.class !== 'marketing') return null;
    const { channel, offer, zone, decisionId, data } = delivery;
    const context = typeof data['context'] === 'object' ? (data['context'] ?? {}) : {};
    return this.objections.to({
      channel,
      offer,
      zone,
      decided: decisionId !== null,
      context,
      profile: view,
      profileId: record.id,
      now,
    });
  }
}

/** Where an offer may not go, another may: it is decided again. */
function heldBy({ offer }: Delivery, reason: string): GateVerdict {
  return offer === null
    ? { verdict: 'stop', status: 'suppressed', reason }
    : { verdict: 'stale', status: 'suppressed', reason };
}
