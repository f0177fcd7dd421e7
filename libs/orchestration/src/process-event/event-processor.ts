import { Inject, Injectable } from '@nestjs/common';
import type { EventEffect, EventHandler } from '@repartee/ingestion';
import type { LoggedEvent } from '@repartee/ingestion/domain';
import type { Transaction } from '@repartee/platform';
import { GoldenRecords } from '@repartee/profile';
import { CountHappenings } from '../experiments/count-happenings.js';
import { ApplyResolution } from './apply-resolution.js';
import { Assign } from './assign.js';
import { EventFold } from './event-fold.js';
import { NoteEvents } from './note-events.js';

/**
 * What happens to an event, in the order of the house: identity says whose it is, the golden record takes it in,
 * detection sees what it starts, responses teach, experiments count, connectors are told. All of a batch in one transaction.
 */
@Injectable()
export class EventProcessor implements EventHandler {
  constructor(
    @Inject(Assign) private readonly assign: Assign,
    @Inject(ApplyResolution) private readonly resolutions: ApplyResolution,
    @Inject(GoldenRecords) private readonly records: GoldenRecords,
    @Inject(EventFold) private readonly events: EventFold,
    @Inject(CountHappenings) private readonly happenings: CountHappenings,
    @Inject(NoteEvents) private readonly notes: NoteEvents,
  ) {}

  async handle(tx: Transaction, events: LoggedEvent[]): Promise<EventEffect[]> {
    const batch = await this.records.open(tx, []);
    const { assigned, resolution } = await this.assign.assign(tx, events, batch);
    await this.resolutions.apply(tx, batch, resolution);
    await this.events.fold(tx, batch, assigned);
    await this.happenings.count(tx, batch, assigned);
    await this.notes.note(tx, batch, assigned);
    const { versions, seq } = await this.records.close(tx, batch);
    return assigned.map(({ event, profileId }) => ({
      eventId: event.id,
      profileId,
      profileVersion: versions.get(profileId) ?? 0,
      changeSeq: seq,
    }));
  }
}
