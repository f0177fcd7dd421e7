import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DoNotContact, SourceWatch } from '@repartee/governance';
import { type Identifier, identifiersOf, normaliseIdentifier } from '@repartee/identity/domain';
import { type EventEffect, type EventHandler, IngestionPersonalData, LaneReader } from '@repartee/ingestion';
import type { LoggedEvent } from '@repartee/ingestion/domain';
import { Metrics, type Transaction } from '@repartee/platform';
import { EventProcessor } from '../process-event/event-processor.js';
import { RestrictedEvents } from './restricted-events.js';
import { withoutIdentifiers } from './without-identifiers.js';

interface Screened {
  kept: LoggedEvent[];
  /** About somebody who was erased. */
  dropped: LoggedEvent[];
  /** About somebody else, naming somebody who was erased. */
  stripped: LoggedEvent[];
}

/**
 * What comes of somebody who was erased is taken out of the log instead of being processed. Where only a weaker
 * identifier of an event is theirs, as on a device that somebody else uses now, the event is kept without it. What comes
 * of somebody whose processing is restricted stays in the log and waits.
 */
@Injectable()
export class EventScreen implements EventHandler, OnModuleInit {
  constructor(
    @Inject(LaneReader) private readonly lanes: LaneReader,
    @Inject(DoNotContact) private readonly doNotContact: DoNotContact,
    @Inject(IngestionPersonalData) private readonly log: IngestionPersonalData,
    @Inject(SourceWatch) private readonly sources: SourceWatch,
    @Inject(RestrictedEvents) private readonly restricted: RestrictedEvents,
    @Inject(EventProcessor) private readonly processor: EventProcessor,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.lanes.register(this);
  }

  async handle(tx: Transaction, events: LoggedEvent[]): Promise<EventEffect[]> {
    tx.afterCommit(() => this.sources.note(events));
    if (this.doNotContact.nobodyErased) return this.process(tx, events);
    const { kept, dropped, stripped } = this.screen(events);
    if (dropped.length > 0) await this.log.remove(tx, dropped);
    for (const event of stripped) await this.log.rewrite(tx, event, event.payload);
    tx.afterCommit(() =>
      this.metrics
        .counter('repartee_events_of_erased_total', 'Late events of erased people, dropped')
        .inc(dropped.length),
    );
    return this.process(tx, kept);
  }

  private async process(tx: Transaction, events: LoggedEvent[]): Promise<EventEffect[]> {
    const usable = await this.restricted.screen(tx, events);
    return usable.length > 0 ? this.processor.handle(tx, usable) : [];
  }

  private screen(events: LoggedEvent[]): Screened {
    const screened: Screened = { kept: [], dropped: [], stripped: [] };
    for (const event of events) {
      const { strongest, erased } = this.erasedAmong(event);
      if (strongest) screened.dropped.push(event);
      else if (erased.length === 0) screened.kept.push(event);
      else {
        const payload = withoutIdentifiers(event.payload, erased);
        screened.stripped.push({ ...event, payload });
        screened.kept.push({ ...event, payload });
      }
    }
    return screened;
  }

  /** Which identifiers of an event belonged to somebody erased, and whether its strongest is one of them. */
  private erasedAmong(event: LoggedEvent): { strongest: boolean; erased: Identifier[] } {
    const { profileId, previousId } = event.payload;
    // Said by the product itself: no question of identifiers.
    if (typeof profileId === 'string')
      return { strongest: this.doNotContact.isErasedProfile(profileId), erased: [] };
    const identifiers = identifiersOf(event);
    const former = typeof previousId === 'string' ? formerIdentifiers(previousId) : [];
    const erased = [...identifiers, ...former].filter((one) => this.doNotContact.isErased(one));
    return { strongest: erased[0] !== undefined && erased[0] === identifiers[0], erased };
  }
}

/** An alias names a former user or a former device. */
function formerIdentifiers(previousId: string): Identifier[] {
  return ['user_id', 'anonymous_id'].flatMap((namespace) => {
    const read = normaliseIdentifier(namespace, previousId);
    return read.ok ? [read.value] : [];
  });
}
