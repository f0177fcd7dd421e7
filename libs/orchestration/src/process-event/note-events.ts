import { Inject, Injectable } from '@nestjs/common';
import { Detection, SegmentMembers } from '@repartee/detection';
import { isImported } from '@repartee/ingestion/domain';
import { Clock, type Transaction } from '@repartee/platform';
import { GoldenRecords, type ProfileBatch, Timeline } from '@repartee/profile';
import type { ProfileView } from '@repartee/profile/domain';
import { TellListeners } from '../listeners/tell-listeners.js';
import type { AssignedEvent } from './assign.js';
import { isNews } from './news.js';

/** Tells those who look at events that are in golden records: the timeline, detection, segments, connectors. */
@Injectable()
export class NoteEvents {
  constructor(
    @Inject(GoldenRecords) private readonly records: GoldenRecords,
    @Inject(Timeline) private readonly timeline: Timeline,
    @Inject(Detection) private readonly detection: Detection,
    @Inject(SegmentMembers) private readonly segments: SegmentMembers,
    @Inject(TellListeners) private readonly listeners: TellListeners,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async note(tx: Transaction, batch: ProfileBatch, assigned: AssignedEvent[]): Promise<void> {
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
    await this.detect(tx, batch, assigned);
    await this.settle(tx, batch, assigned);
    await this.listeners.events(tx, batch, assigned);
  }

  /** What people did long ago moves them, too, without a word. */
  private async settle(tx: Transaction, batch: ProfileBatch, assigned: AssignedEvent[]): Promise<void> {
    const now = this.clock.now();
    const active = new Set(
      assigned.filter(({ event }) => isNews(event, now)).map(({ profileId }) => profileId),
    );
    const people = [...new Set(assigned.map(({ profileId }) => profileId))];
    await this.segments.settle(tx, batch, people, (profileId) => active.has(profileId));
  }

  private async detect(tx: Transaction, batch: ProfileBatch, assigned: AssignedEvent[]): Promise<void> {
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
        age: event.receivedAt - event.occurredAt,
        imported: isImported(event),
        traceparent: event.traceparent,
        profileId,
        profile: () => view(profileId),
      })),
    );
  }
}
