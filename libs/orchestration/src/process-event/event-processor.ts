import { Inject, Injectable } from '@nestjs/common';
import { Detection } from '@repartee/detection';
import type { EventEffect, EventHandler } from '@repartee/ingestion';
import type { LoggedEvent } from '@repartee/ingestion/domain';
import type { Transaction } from '@repartee/platform';
import { GoldenRecords, type ProfileBatch, Timeline } from '@repartee/profile';
import type { ProfileView } from '@repartee/profile/domain';
import { CountHappenings } from '../experiments/count-happenings.js';
import { ApplyResolution } from './apply-resolution.js';
import { Assign, type AssignedEvent } from './assign.js';
import { EventFold } from './event-fold.js';

/**
 * What happens to an event, in the order of the house: identity says whose it is, the golden record takes it in,
 * detection sees what it starts, responses teach, experiments count. All of a batch in one transaction.
 */
@Injectable()
export class EventProcessor implements EventHandler {
  constructor(
    @Inject(Assign) private readonly assign: Assign,
    @Inject(ApplyResolution) private readonly resolutions: ApplyResolution,
    @Inject(GoldenRecords) private readonly records: GoldenRecords,
    @Inject(Timeline) private readonly timeline: Timeline,
    @Inject(Detection) private readonly detection: Detection,
    @Inject(EventFold) private readonly events: EventFold,
    @Inject(CountHappenings) private readonly happenings: CountHappenings,
  ) {}

  async handle(tx: Transaction, events: LoggedEvent[]): Promise<EventEffect[]> {
    const batch = await this.records.open(tx, []);
    const { assigned, resolution } = await this.assign.assign(tx, events, batch);
    await this.resolutions.apply(tx, batch, resolution);
    await this.events.fold(tx, batch, assigned);
    await this.happenings.count(tx, batch, assigned);
    await this.record(tx, batch, assigned);
    const { versions, seq } = await this.records.close(tx, batch);
    return assigned.map(({ event, profileId }) => ({
      eventId: event.id,
      profileId,
      profileVersion: versions.get(profileId) ?? 0,
      changeSeq: seq,
    }));
  }

  private async record(tx: Transaction, batch: ProfileBatch, assigned: AssignedEvent[]): Promise<void> {
    await this.timeline.append(
      tx,
      assigned
        .filter(({ event }) => event.type !== 'response')
        .map(({ event, profileId }) => ({
          profileId,
          at: event.occurredAt,
          id: event.id,
          kind: 'event' as const,
          loggedAt: event.receivedAt,
          version: batch.nextVersion(profileId),
        })),
    );
    const views = new Map<string, ProfileView>();
    const view = (profileId: string) => {
      const held = views.get(profileId) ?? this.records.view(batch.draft(profileId));
      views.set(profileId, held);
      return held;
    };
    const news = assigned.filter(({ event }) => event.late !== true);
    await this.detection.observe(
      tx,
      news.map(({ event, profileId }) => ({
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
