import { Inject, Injectable } from '@nestjs/common';
import type { Outcome } from '@repartee/contracts';
import { Bus, Clock, Database, newId, type Transaction } from '@repartee/platform';
import { Timeline } from '@repartee/profile';
import { DeliveryCaps } from './delivery-caps.js';
import { type Delivery, MAX_ATTEMPTS, type Settlement, settle } from './domain/delivery.js';
import type { GateVerdict } from './domain/gate.js';
import { Ledger } from './persistence/ledger.js';

/** Bus message `delivery.sent`: a marketing message has left, or may have. */
export interface DeliverySent {
  deliveryId: string;
  profileId: string;
  channel: string;
  offer: string | null;
  /** Milliseconds since the epoch. */
  at: number;
}

/** Which attempt something is said of: itself, the latest of a delivery, or the one a provider calls so. */
export type AttemptReference =
  { attemptId: string } | { deliveryId: string } | { connector: string; providerId: string };

/** What came to light about an attempt after it was made. */
export interface Evidence {
  outcome: Outcome;
  /** What shows it, in a word or two: `receipt delivered`, `open`, `click`. */
  by: string;
  /** It proves even a known rejection wrong: the message is at the person's. */
  beyondDoubt?: boolean;
}

/** What evidence changed. */
export interface Evidenced {
  deliveryId: string;
  attemptId: string;
  /** Whether the delivery stands differently now. */
  changed: boolean;
}

/** Writes down how deliveries go on: held, tried again, or over. */
@Injectable()
export class Settlements {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Timeline) private readonly timeline: Timeline,
    @Inject(DeliveryCaps) private readonly caps: DeliveryCaps,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Notes why a message does not leave now, and what happens instead. */
  async holdBack(tx: Transaction, delivery: Delivery, verdict: GateVerdict): Promise<void> {
    const { id } = delivery;
    if (verdict.verdict === 'hold') {
      await this.ledger.setStatus(tx, id, { status: 'planned', reason: verdict.reason });
      await this.bus.publish(tx, [
        { type: 'delivery.due', subject: id, data: { deliveryId: id }, availableAt: verdict.until },
      ]);
    } else if (verdict.verdict === 'stale') {
      await this.close(tx, delivery, { status: verdict.status ?? 'expired', reason: verdict.reason });
      await this.bus.publish(tx, [{ type: 'delivery.stale', subject: id, data: { deliveryId: id } }]);
    } else if (verdict.verdict === 'stop') {
      await this.close(tx, delivery, { status: verdict.status, reason: verdict.reason });
    }
  }

  /** Notes what became of an attempt, and plans the next one where that is right. */
  async settle(delivery: Delivery, attemptId: string, outcome: Outcome, number: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await this.ledger.finishAttempt(tx, attemptId, outcome))) return;
      const settlement = settle(outcome, number, Math.random());
      if (settlement.retryIn === undefined) return this.close(tx, delivery, settlement);
      await this.ledger.setStatus(tx, delivery.id, settlement);
      await this.bus.publish(tx, [
        {
          type: 'delivery.due',
          subject: delivery.id,
          data: { deliveryId: delivery.id },
          availableAt: this.clock.now() + settlement.retryIn,
        },
      ]);
    });
  }

  /**
   * Takes what came to light later: an unknown attempt becomes what the evidence says; a rejected one becomes accepted
   * only where it is beyond doubt, and the reason then names the contradiction. Any order and number give the same.
   * @returns undefined when nobody knows such an attempt
   */
  async evidence(tx: Transaction, of: AttemptReference, found: Evidence): Promise<Evidenced | undefined> {
    const known = await this.ledger.findAttempt(tx, of);
    if (!known) return undefined;
    const { deliveryId, attemptId, outcome: before } = known;
    const delivery = await this.ledger.lock(tx, deliveryId);
    if (!delivery) return undefined;
    const contradicts = before?.status === 'rejected' && found.outcome.status === 'accepted';
    const unchanged = { deliveryId, attemptId, changed: false };
    if (contradicts && !found.beyondDoubt) return unchanged;
    if (!(await this.ledger.finishAttempt(tx, attemptId, found.outcome, contradicts))) return unchanged;
    const settlement = settle(found.outcome, MAX_ATTEMPTS, 0);
    const reason = contradicts ? `${found.by}, although it was rejected: ${before.code}` : settlement.reason;
    await this.close(tx, delivery, { status: settlement.status, reason });
    return { deliveryId, attemptId, changed: true };
  }

  /** Contact policies count what was sent. */
  private announce(tx: Transaction, { id, profileId, channel, offer }: Delivery): Promise<void> {
    const data: DeliverySent = { deliveryId: id, profileId, channel, offer, at: this.clock.now() };
    return this.bus.publish(tx, [{ type: 'delivery.sent', subject: id, data }]);
  }

  /** Ends a delivery and writes it into the person's timeline. */
  private async close(tx: Transaction, delivery: Delivery, settlement: Settlement): Promise<void> {
    const { id, channel, offer, treatment, origin, profileId } = delivery;
    await this.ledger.setStatus(tx, id, settlement);
    // What is not known to have failed may have arrived.
    if (settlement.status !== 'accepted' && settlement.status !== 'unknown')
      await this.caps.giveBack(tx, delivery);
    else if (delivery.class === 'marketing') await this.announce(tx, delivery);
    await this.timeline.append(tx, [
      {
        profileId,
        at: this.clock.now(),
        id: newId(),
        kind: 'delivery',
        data: {
          deliveryId: id,
          channel,
          offer,
          treatment,
          origin,
          status: settlement.status,
          reason: settlement.reason,
        },
      },
    ]);
  }
}
