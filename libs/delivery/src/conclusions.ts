import { Inject, Injectable } from '@nestjs/common';
import { Bus, Clock, newId, type Transaction } from '@repartee/platform';
import { type NewTimelineEntry, Timeline } from '@repartee/profile';
import { DeliveryCaps } from './delivery-caps.js';
import type { DeliveryHead, Settlement } from './domain/delivery.js';
import { Ledger } from './persistence/ledger.js';

/** Bus message `delivery.address-lost`. */
export interface AddressLost {
  channel: string;
  attemptId: string;
}

/** Bus message `delivery.sent`: marketing messages have left, or may have. */
export interface DeliverySent {
  sent: {
    deliveryId: string;
    profileId: string;
    channel: string;
    offer: string | null;
    /** Milliseconds since the epoch. */
    at: number;
  }[];
}

/** A delivery that is over, for now or for good. */
export interface Concluded {
  delivery: DeliveryHead;
  settlement: Settlement;
  providerId?: string;
}

/** A delivery that waits. */
export interface Deferred {
  delivery: DeliveryHead;
  reason: string;
  /** Milliseconds since the epoch. */
  until: number;
}

/** Ends deliveries, or puts them off, and tells whoever goes by it: the person's timeline, caps, contact policies. */
@Injectable()
export class Conclusions {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Timeline) private readonly timeline: Timeline,
    @Inject(DeliveryCaps) private readonly caps: DeliveryCaps,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Ends deliveries. One that is no longer there, as its person was erased, leaves no trace. */
  async conclude(tx: Transaction, concluded: readonly Concluded[]): Promise<void> {
    const there = await this.ledger.stand(
      tx,
      concluded.map(({ delivery: { id }, settlement: { status, reason }, providerId }) => ({
        id,
        status,
        reason,
        ...(providerId !== undefined && { providerId }),
      })),
    );
    const ended = concluded.filter(({ delivery }) => there.has(delivery.id));
    const mayHaveArrived = ({ settlement: { status } }: Concluded) =>
      status === 'accepted' || status === 'unknown';
    for (const one of ended) if (!mayHaveArrived(one)) await this.caps.giveBack(tx, one.delivery);
    await this.announce(
      tx,
      ended.filter((one) => mayHaveArrived(one) && one.delivery.class === 'marketing'),
    );
    await this.timeline.append(
      tx,
      ended.map(({ delivery, settlement: { status, reason } }) => this.entry(delivery, { status, reason })),
    );
  }

  /** Puts deliveries off; the timeline tells until when, once for each reason. */
  async defer(tx: Transaction, deferred: readonly Deferred[]): Promise<void> {
    await this.ledger.stand(
      tx,
      deferred.map(({ delivery: { id }, reason, until }) => ({
        id,
        status: 'planned',
        reason,
        dueAt: until,
      })),
    );
    const news = deferred.filter(({ delivery, reason }) => delivery.reason !== reason);
    await this.timeline.append(
      tx,
      news.map(({ delivery, reason, until }) =>
        this.entry(delivery, { status: 'planned', reason, holdUntil: new Date(until).toISOString() }),
      ),
    );
  }

  /** Asks for another decision in place of a message whose time is over. */
  decideAgain(tx: Transaction, { id }: DeliveryHead): Promise<void> {
    return this.bus.publish(tx, [{ type: 'delivery.stale', subject: id, data: { deliveryId: id } }]);
  }

  /** Nobody is at the address of an attempt any more. */
  addressLost(tx: Transaction, { channel }: DeliveryHead, attemptId: string): Promise<void> {
    const data: AddressLost = { channel, attemptId };
    return this.bus.publish(tx, [{ type: 'delivery.address-lost', subject: attemptId, data }]);
  }

  /** Contact policies count what was sent. */
  private async announce(tx: Transaction, concluded: readonly Concluded[]): Promise<void> {
    if (concluded.length === 0) return;
    const at = this.clock.now();
    const data: DeliverySent = {
      sent: concluded.map(({ delivery: { id, profileId, channel, offer } }) => ({
        deliveryId: id,
        profileId,
        channel,
        offer,
        at,
      })),
    };
    await this.bus.publish(tx, [{ type: 'delivery.sent', data }]);
  }

  private entry(delivery: DeliveryHead, more: object): NewTimelineEntry {
    const { id, channel, offer, treatment, origin, profileId } = delivery;
    return {
      profileId,
      at: this.clock.now(),
      id: newId(),
      kind: 'delivery',
      data: { deliveryId: id, channel, offer, treatment, origin, ...more },
    };
  }
}
