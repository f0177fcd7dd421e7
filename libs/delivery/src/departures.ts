import { Inject, Injectable } from '@nestjs/common';
import type { Action } from '@repartee/contracts';
import type { Transaction } from '@repartee/platform';
import type { CachedProfile } from '@repartee/profile';
import { ActionFactory } from './action-factory.js';
import { DeliveryCaps } from './delivery-caps.js';
import type { Delivery } from './domain/delivery.js';
import { Ledger } from './persistence/ledger.js';

/** What leaves with which attempt; or the hard cap that keeps it here. */
export type Departure = { action: Action; number: number } | { cap: string };

/** Makes *attempt started* durable for what the gate has passed. */
@Injectable()
export class Departures {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(ActionFactory) private readonly actions: ActionFactory,
    @Inject(DeliveryCaps) private readonly caps: DeliveryCaps,
  ) {}

  async begin(
    tx: Transaction,
    delivery: Delivery,
    to: { connector: string; profile: CachedProfile; address: string },
  ): Promise<Departure> {
    const cap = await this.caps.claim(tx, delivery, to.profile);
    if (cap !== null) return { cap };
    const action = this.actions.create(delivery, to.profile, to.address);
    const number = delivery.attempts + 1;
    await this.ledger.startAttempt(tx, to.connector, action, number);
    return { action, number };
  }
}
