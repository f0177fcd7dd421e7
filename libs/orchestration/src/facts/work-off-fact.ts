import { Inject, Injectable } from '@nestjs/common';
import type { FactKind, FactOf } from '@repartee/contracts';
import { type FactDue, FactSources, FactStore, type StoredFact } from '@repartee/delivery';
import { type Counter, Metrics, PermanentFailure, type Transaction } from '@repartee/platform';
import { EventFacts } from './event-facts.js';
import type { FactAtHand } from './fact-at-hand.js';
import { InboundMessages } from './inbound-messages.js';
import { OptFacts } from './opt-facts.js';
import { ReceiptFacts } from './receipt-facts.js';

/**
 * Works a report off: once in effect, in any order. What goes into the event log goes there first, under the fact's own
 * id, and counts once however often it is tried; the rest shares a transaction with the mark *done*.
 */
@Injectable()
export class WorkOffFact {
  private readonly done: Counter<'connector' | 'kind'>;

  constructor(
    @Inject(FactStore) private readonly store: FactStore,
    @Inject(FactSources) private readonly sources: FactSources,
    @Inject(ReceiptFacts) private readonly receipts: ReceiptFacts,
    @Inject(OptFacts) private readonly opts: OptFacts,
    @Inject(EventFacts) private readonly events: EventFacts,
    @Inject(InboundMessages) private readonly messages: InboundMessages,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.done = metrics.counter('repartee_connector_facts_total', 'Reports of providers worked off', [
      'connector',
      'kind',
    ]);
  }

  async workOff(due: FactDue): Promise<void> {
    const stored = await this.store.waiting(due.id);
    if (!stored) return;
    const source = this.sources.find(stored.connector);
    if (!source) throw new PermanentFailure(`there is no connector ${stored.connector}`);
    const { fact } = stored;
    const finish = (also?: (tx: Transaction) => Promise<void>) => this.store.finish(stored.id, also);
    if (fact.kind === 'receipt') {
      if (!(await this.receipts.hear(of(stored, fact), source, due, finish))) return;
    } else if (fact.kind === 'opt-out' || fact.kind === 'opt-in') {
      await this.opts.hear(of(stored, fact), source);
      await finish();
    } else if (fact.kind === 'message') {
      await this.messages.hear(of(stored, fact), source, finish);
    } else {
      await this.events.hear(of(stored, fact));
      await finish();
    }
    this.done.inc({ connector: stored.connector, kind: fact.kind });
  }
}

function of<K extends FactKind>(stored: StoredFact, fact: FactOf<K>): FactAtHand<K> {
  return { ...stored, fact };
}
