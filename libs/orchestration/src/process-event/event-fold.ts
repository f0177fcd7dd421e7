import { Inject, Injectable } from '@nestjs/common';
import { OfferTokens } from '@repartee/decisioning';
import { Recommendations } from '@repartee/items';
import type { Transaction } from '@repartee/platform';
import { type PastEvent, type ProfileBatch, TimelineTexts } from '@repartee/profile';
import {
  foldEvents,
  type GoldenRecord,
  type OrderFact,
  orderFact,
  type RecordEvent,
  totalsOf,
  type TraitBook,
} from '@repartee/profile/domain';
import { itemHappening, signalsIn } from './item-happenings.js';
import { type FoundResponse, responseOf } from './response-of.js';
import { remember, rememberResponse, ResponseLearner } from './response-learner.js';
import type { AssignedEvent } from './assign.js';

/** Brings events into golden records: what they say, what was ordered, how offers were met. */
@Injectable()
export class EventFold {
  constructor(
    @Inject(ResponseLearner) private readonly responses: ResponseLearner,
    @Inject(OfferTokens) private readonly tokens: OfferTokens,
    @Inject(TimelineTexts) private readonly texts: TimelineTexts,
    @Inject(Recommendations) private readonly recommendations: Recommendations,
  ) {}

  /** Events that happen now: responses teach, too. */
  async fold(tx: Transaction, batch: ProfileBatch, assigned: readonly AssignedEvent[]): Promise<void> {
    const found = [];
    const orders = [];
    const items = [];
    for (const { event, profileId } of assigned) {
      const happening = itemHappening(event, () => batch.draft(profileId));
      if (happening) items.push(happening);
      batch.reduce(profileId, event);
      const response = this.responseOf(event);
      if (response) found.push({ event, profileId, response });
      const fact = orderOf(event);
      if (fact) orders.push({ profileId, fact });
    }
    const completed = await batch.countOrders(orders);
    await this.recommendations.note(tx, signalsIn(items, completed));
    await this.responses.learn(tx, batch, found);
    await this.texts.keep(
      tx,
      assigned.map(({ event, profileId }) => ({ event, known: batch.draft(profileId).identifiers })),
    );
  }

  /** Events of the past that belong to another profile than they were filed under: nothing is learnt from them again. */
  async move(
    batch: ProfileBatch,
    moved: readonly { profileId: string; event: RecordEvent }[],
  ): Promise<void> {
    for (const { event, profileId } of moved) batch.reduce(profileId, event);
    await this.recount(batch, moved);
  }

  /** Fills an emptied record from its own events. */
  async refill(batch: ProfileBatch, profileId: string, events: readonly PastEvent[]): Promise<void> {
    batch.refill(profileId, events);
    await this.recount(
      batch,
      events.map(({ event }) => ({ profileId, event })),
    );
  }

  /** A record as these events make it: nothing is written, nothing is learnt. */
  recall(own: GoldenRecord, events: readonly PastEvent[], book: TraitBook): GoldenRecord {
    const record = foldEvents(own, events, book);
    const facts: OrderFact[] = [];
    for (const { event } of events) {
      const response = this.responseOf(event);
      if (response) rememberResponse(record, response, event.occurredAt);
      const fact = orderOf(event);
      if (fact) facts.push(fact);
    }
    return { ...record, orders: totalsOf(facts) };
  }

  private async recount(
    batch: ProfileBatch,
    events: readonly { profileId: string; event: RecordEvent }[],
  ): Promise<void> {
    const orders = [];
    for (const { event, profileId } of events) {
      const response = this.responseOf(event);
      if (response) remember(batch, [{ event, profileId, response }]);
      const fact = orderOf(event);
      if (fact) orders.push({ profileId, fact });
    }
    await batch.countOrders(orders);
  }

  private responseOf(event: RecordEvent): FoundResponse | undefined {
    return responseOf(event, (token) => this.tokens.open(token));
  }
}

function orderOf(event: RecordEvent): OrderFact | undefined {
  const properties = (event.payload['properties'] ?? {}) as Record<string, unknown>;
  return event.type === 'track' ? orderFact({ ...event, properties }) : undefined;
}
