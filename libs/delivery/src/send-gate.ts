import { Inject, Injectable } from '@nestjs/common';
import type { Action, Attempt, Outcome } from '@repartee/contracts';
import { Clock, Database, type Transaction } from '@repartee/platform';
import { ConnectorGateway } from './connector-gateway.js';
import { Departures } from './departures.js';
import type { Delivery } from './domain/delivery.js';
import { passGate } from './domain/gate.js';
import { Ledger } from './persistence/ledger.js';
import { type Recipient, Recipients } from './recipients.js';
import { Settlements } from './settlements.js';

/** What a locked delivery calls for. */
type Step =
  | { step: 'none' }
  | { step: 'deliver'; connector: string; action: Action; number: number; delivery: Delivery }
  | { step: 'reconcile'; connector: string; attempt: Attempt; delivery: Delivery };

/**
 * The one way out. A message leaves after the gate has passed it and *attempt started* is durable; when a kill comes in
 * between, the next try finds the attempt and reconciles: it never delivers again.
 */
@Injectable()
export class SendGate {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(ConnectorGateway) private readonly connectors: ConnectorGateway,
    @Inject(Recipients) private readonly recipients: Recipients,
    @Inject(Departures) private readonly departures: Departures,
    @Inject(Settlements) private readonly settlements: Settlements,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Does what is next for a delivery. Safe to call any number of times. */
  async send(deliveryId: string): Promise<void> {
    const planned = await this.ledger.find(deliveryId);
    if (!planned) return;
    const { addressNamespace } = this.connectors.connectorFor(planned.channel) ?? {};
    const recipient = await this.recipients.find(planned.profileId, addressNamespace);
    const next = await this.database.transaction((tx) => this.next(tx, deliveryId, recipient));
    if (next.step === 'deliver') {
      const outcome = await this.connectors.deliver(next.connector, next.action);
      await this.settlements.settle(next.delivery, next.action.attemptId, outcome, next.number);
    } else if (next.step === 'reconcile') {
      const outcome = await this.clearUp(next.connector, next.attempt);
      await this.settlements.settle(next.delivery, next.attempt.attemptId, outcome, next.delivery.attempts);
    }
  }

  private async next(tx: Transaction, deliveryId: string, recipient: Recipient): Promise<Step> {
    const delivery = await this.ledger.lock(tx, deliveryId);
    if (!delivery) return { step: 'none' };
    if (delivery.status === 'sending') {
      const open = await this.ledger.openAttempt(tx, deliveryId);
      return open ? { step: 'reconcile', ...open, delivery } : { step: 'none' };
    }
    if (delivery.status !== 'planned') return { step: 'none' };
    const connector = this.connectors.connectorFor(delivery.channel);
    const { profile, standing, unwanted } = recipient;
    const verdict = passGate({
      delivery,
      record: profile?.record,
      standing,
      unwanted,
      addressNamespace: connector?.addressNamespace,
      pauses: await this.ledger.pauses(tx),
      now: this.clock.now(),
    });
    if (verdict.verdict !== 'send' || !connector || !profile) {
      await this.settlements.holdBack(tx, delivery, verdict);
      return { step: 'none' };
    }
    const { name } = connector;
    const departure = await this.departures.begin(tx, delivery, {
      connector: name,
      profile,
      address: verdict.address,
    });
    if ('held' in departure) {
      await this.settlements.holdBack(tx, delivery, departure.held);
      return { step: 'none' };
    }
    return { step: 'deliver', connector: name, ...departure, delivery };
  }

  /** Asks the provider what became of an attempt, where it can be asked. */
  private async clearUp(connector: string, attempt: Attempt): Promise<Outcome> {
    const serving = this.connectors.connectorFor(attempt.action.channel);
    if (serving?.name === connector && serving.canReconcile)
      return this.connectors.reconcile(connector, attempt);
    return { status: 'unknown', detail: 'the process ended while the message was being sent' };
  }
}
