import { Inject, Injectable } from '@nestjs/common';
import {
  AddressStates,
  type FactDue,
  type FactSource,
  happenedAt,
  receiptNews,
  type ReceiptMatch,
  Receipts,
} from '@repartee/delivery';
import { Bus, Clock, type Counter, Database, Metrics, type Transaction } from '@repartee/platform';
import { consentKey } from '@repartee/profile/domain';
import type { FactAtHand, Finish } from './fact-at-hand.js';
import { SayConsent } from './say-consent.js';

/** When a receipt is looked at again whose message is not known yet, in milliseconds: providers may be faster than we are. */
const LOOK_AGAIN = [500, 2000, 10_000, 60_000, 600_000, 3_600_000, 6 * 3_600_000];

/** Receipts: progress of deliveries, and what they tell of addresses and consent. */
@Injectable()
export class ReceiptFacts {
  private readonly unmatched: Counter<'connector'>;

  constructor(
    @Inject(Receipts) private readonly receipts: Receipts,
    @Inject(AddressStates) private readonly addresses: AddressStates,
    @Inject(SayConsent) private readonly consent: SayConsent,
    @Inject(Database) private readonly database: Database,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.unmatched = metrics.counter(
      'repartee_connector_receipts_unmatched_total',
      'Receipts of messages that nobody knows here',
      ['connector'],
    );
  }

  /** @returns false when it is early: its message is not known yet, and it is looked at again later */
  async hear(
    stored: FactAtHand<'receipt'>,
    source: FactSource,
    { early = 0 }: FactDue,
    finish: Finish,
  ): Promise<boolean> {
    const { connector, id, fact } = stored;
    const at = happenedAt(stored);
    // Every step can be done again: they are joins.
    const match = await this.database.transaction(async (tx) => {
      const found = await this.receipts.hear(tx, { connector, id, at }, fact);
      const address = fact.address ?? found?.address;
      const news = receiptNews(fact, source.channel, id, at);
      if (address !== undefined && news)
        await this.addresses.hear(tx, [{ channel: source.channel, address, news }]);
      return found;
    });
    if (fact.status === 'complained') await this.complained(stored, source, match, at);
    const wait = LOOK_AGAIN[early];
    const named = fact.attemptId !== undefined || fact.providerId !== undefined;
    if (!match && named && wait !== undefined) {
      await this.database.transaction((tx) => this.later(tx, { id, early: early + 1 }, wait));
      return false;
    }
    if (!match) this.unmatched.inc({ connector });
    await finish();
    return true;
  }

  /** Who marks a message as unwanted wants no more of the channel. */
  private async complained(
    { id, fact, connector }: FactAtHand<'receipt'>,
    { channel, addressNamespace }: FactSource,
    match: ReceiptMatch | undefined,
    at: number,
  ): Promise<void> {
    await this.consent.say({
      who: match ?? { namespace: addressNamespace, value: fact.address ?? '' },
      key: consentKey({ channel }),
      status: 'denied',
      at,
      factId: id,
      proof: { method: 'complaint', form: connector, ...(fact.detail && { shown: fact.detail }) },
    });
  }

  private later(tx: Transaction, due: FactDue, wait: number): Promise<void> {
    const availableAt = this.clock.now() + wait;
    return this.bus.publish(tx, [{ type: 'connector.fact', subject: due.id, data: due, availableAt }]);
  }
}
