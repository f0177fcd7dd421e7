import { Inject, Injectable } from '@nestjs/common';
import type { Action } from '@repartee/contracts';
import { SendObjections } from '@repartee/decisioning';
import { Clock, type Transaction } from '@repartee/platform';
import type { CachedProfile } from '@repartee/profile';
import { ActionFactory } from './action-factory.js';
import { DeliveryCaps } from './delivery-caps.js';
import type { Delivery } from './domain/delivery.js';
import type { GateVerdict } from './domain/gate.js';
import { Ledger } from './persistence/ledger.js';

/** What leaves with which attempt; or why it does not. */
export type Departure = { action: Action; number: number } | { held: GateVerdict };

/** Makes *attempt started* durable for what the gate has passed, if policies and hard caps still let it go. */
@Injectable()
export class Departures {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(ActionFactory) private readonly actions: ActionFactory,
    @Inject(DeliveryCaps) private readonly caps: DeliveryCaps,
    @Inject(SendObjections) private readonly objections: SendObjections,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async begin(
    tx: Transaction,
    delivery: Delivery,
    to: { connector: string; profile: CachedProfile; address: string },
  ): Promise<Departure> {
    const reason = this.objectionTo(delivery, to.profile);
    if (reason !== null) return { held: heldBy(delivery, reason) };
    const cap = await this.caps.claim(tx, delivery, to.profile);
    if (cap !== null) return { held: { verdict: 'stale', reason: `no more of it may be sent: ${cap}` } };
    const action = this.actions.create(delivery, to.profile, to.address);
    const number = delivery.attempts + 1;
    await this.ledger.startAttempt(tx, to.connector, action, number);
    return { action, number };
  }

  /** Between the plan and now the person may have had enough, said no, or bought; the offer may be over. */
  private objectionTo(delivery: Delivery, { record, view }: CachedProfile): string | null {
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
      now: this.clock.now(),
    });
  }
}

/** Where an offer may not go, another may: it is decided again. */
function heldBy({ offer }: Delivery, reason: string): GateVerdict {
  return offer === null
    ? { verdict: 'stop', status: 'suppressed', reason }
    : { verdict: 'stale', status: 'suppressed', reason };
}
