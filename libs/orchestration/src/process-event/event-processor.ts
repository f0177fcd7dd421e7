import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { OfferTokens } from '@repartee/decisioning';
import { Detection } from '@repartee/detection';
import { IdentityStore } from '@repartee/identity';
import { type EventEffect, type EventHandler, LaneReader } from '@repartee/ingestion';
import type { LoggedEvent } from '@repartee/ingestion/domain';
import type { Transaction } from '@repartee/platform';
import { GoldenRecords, type ProfileBatch, Timeline } from '@repartee/profile';
import { orderFact, type ProfileView } from '@repartee/profile/domain';
import { ResponseLearner } from './response-learner.js';
import { responseOf } from './response-of.js';
import { type AssignedEvent, assign } from './assign.js';

/**
 * What happens to an event, in the order of the house: identity says whose it is, the golden record takes it in,
 * detection sees what it starts, responses teach. All of a batch in one transaction.
 */
@Injectable()
export class EventProcessor implements EventHandler, OnModuleInit {
  constructor(
    @Inject(LaneReader) private readonly lanes: LaneReader,
    @Inject(IdentityStore) private readonly identities: IdentityStore,
    @Inject(GoldenRecords) private readonly records: GoldenRecords,
    @Inject(Timeline) private readonly timeline: Timeline,
    @Inject(Detection) private readonly detection: Detection,
    @Inject(ResponseLearner) private readonly responses: ResponseLearner,
    @Inject(OfferTokens) private readonly tokens: OfferTokens,
  ) {}

  onModuleInit(): void {
    this.lanes.register(this);
  }

  async handle(tx: Transaction, events: LoggedEvent[]): Promise<EventEffect[]> {
    const { assigned, graph, known } = await assign(tx, events, this.identities);
    const { merges, owned } = graph.changes;
    const touched = new Set([
      ...assigned.map((one) => one.profileId),
      ...known.map((held) => held.profileId),
      ...merges.flatMap((merge) => [merge.survivor, merge.merged]),
    ]);
    const batch = await this.records.open(tx, [...touched], known);
    for (const merge of merges) await batch.merge(merge);
    await this.reduce(tx, batch, assigned);
    const changedOwners = new Set([...owned.values()].map((change) => change.profileId));
    for (const held of known)
      if (owned.has(`${held.namespace}:${held.value}`)) changedOwners.add(held.profileId);
    for (const merge of merges) changedOwners.delete(merge.merged);
    for (const id of changedOwners) batch.setIdentifiers(id, graph.identifiers(id));
    await this.identities.save(tx, graph.changes, known);
    await this.record(tx, batch, assigned, merges);
    const { versions, seq } = await this.records.close(tx, batch);
    return assigned.map(({ event, profileId }) => ({
      eventId: event.id,
      profileId,
      profileVersion: versions.get(profileId) ?? 0,
      changeSeq: seq,
    }));
  }

  private async reduce(tx: Transaction, batch: ProfileBatch, assigned: AssignedEvent[]): Promise<void> {
    const found = [];
    const orders = [];
    for (const { event, profileId } of assigned) {
      const response = responseOf(event, (token) => this.tokens.open(token));
      batch.reduce(profileId, event);
      if (response) found.push({ event, profileId, response });
      const properties = (event.payload['properties'] ?? {}) as Record<string, unknown>;
      const fact = event.type === 'track' ? orderFact({ ...event, properties }) : undefined;
      if (fact) orders.push({ profileId, fact });
    }
    await batch.countOrders(orders);
    await this.responses.learn(tx, batch, found);
  }

  private async record(
    tx: Transaction,
    batch: ProfileBatch,
    assigned: AssignedEvent[],
    merges: { survivor: string; merged: string; rule: string; eventId: string; at: number }[],
  ): Promise<void> {
    await this.timeline.append(tx, [
      ...assigned
        .filter(({ event }) => event.type !== 'response')
        .map(({ event, profileId }) => ({
          profileId,
          at: event.occurredAt,
          id: event.id,
          kind: 'event' as const,
          loggedAt: event.receivedAt,
        })),
      ...merges.map(({ survivor, merged, rule, at }) => ({
        profileId: survivor,
        at,
        id: merged,
        kind: 'merge' as const,
        data: { merged, rule },
      })),
    ]);
    const views = new Map<string, ProfileView>();
    const view = (profileId: string) => {
      const held = views.get(profileId) ?? this.records.view(batch.draft(profileId));
      views.set(profileId, held);
      return held;
    };
    await this.detection.observe(
      tx,
      assigned.map(({ event, profileId }) => ({
        eventId: event.id,
        name: event.type === 'track' ? event.name : null,
        occurredAt: event.occurredAt,
        properties: (event.payload['properties'] ?? {}) as object,
        context: (event.payload['context'] ?? {}) as object,
        traceparent: event.traceparent,
        profileId,
        profile: () => view(profileId),
      })),
    );
  }
}
