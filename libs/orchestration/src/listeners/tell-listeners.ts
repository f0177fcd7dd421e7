import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { eventTypes, type HubFact } from '@repartee/contracts';
import { EventListeners, type EventListener } from '@repartee/delivery';
import { Classifications } from '@repartee/governance';
import { type DataClass, withoutClasses } from '@repartee/governance/domain';
import type { LoggedEvent } from '@repartee/ingestion/domain';
import { Clock, type Happening, Happenings, type Transaction } from '@repartee/platform';
import type { ProfileBatch } from '@repartee/profile';
import { isNews } from '../process-event/news.js';
import { EventQueue, type ForConnector } from './event-queue.js';
import { ListenerLanes } from './listener-lanes.js';
import { heardFrom, hearsFact, hearsTracking, isGranted } from './who-hears.js';

/** What never leaves by this way. */
const SENSITIVE: ReadonlySet<DataClass> = new Set(['sensitive']);
/** An event with the person it is about. */
interface OfSomebody {
  event: LoggedEvent;
  profileId: string;
}

const CALLS: ReadonlySet<string> = new Set(eventTypes);

/** Keeps what happens for the connectors that want to hear of it, in the transaction in which it happens. */
@Injectable()
export class TellListeners implements OnModuleInit {
  constructor(
    @Inject(EventListeners) private readonly listeners: EventListeners,
    @Inject(EventQueue) private readonly queue: EventQueue,
    @Inject(ListenerLanes) private readonly lanes: ListenerLanes,
    @Inject(Happenings) private readonly happenings: Happenings,
    @Inject(Classifications) private readonly classifications: Classifications,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.happenings.tellBy({
      wants: (type) => this.ready().some((one) => hearsFact(one, type)),
      keep: (tx, happenings) =>
        this.keep(
          tx,
          happenings.flatMap((one) => this.factFor(one)),
        ),
    });
  }

  /** Tracking events that were brought into the golden records of those they are about. */
  async events(tx: Transaction, batch: ProfileBatch, assigned: readonly OfSomebody[]): Promise<void> {
    const listeners = this.ready().filter(({ purposes }) => purposes.length > 0);
    if (listeners.length === 0) return;
    const now = this.clock.now();
    const fresh = assigned.filter(({ event }) => isNews(event, now) && CALLS.has(event.type));
    await this.keep(
      tx,
      fresh.flatMap(({ event, profileId }) => {
        const hearing = listeners.filter(
          (one) => hearsTracking(one, event) && isGranted(batch.draft(profileId), one.purposes),
        );
        if (hearing.length === 0) return [];
        const heard = heardFrom(event, profileId, (payload) =>
          withoutClasses(payload, SENSITIVE, this.classifications.current),
        );
        return hearing.map(({ connector }) => ({ connector, event: heard, traceparent: event.traceparent }));
      }),
    );
  }

  private ready(): EventListener[] {
    return this.listeners.list().filter(({ connector }) => this.listeners.isReady(connector));
  }

  private factFor({ id, type, subject, at, data }: Happening): ForConnector[] {
    const event = {
      ...{ kind: 'fact' as const, id, subjectId: subject, at: new Date(at).toISOString() },
      ...{ fact: type as HubFact, data },
    };
    return this.ready()
      .filter((one) => hearsFact(one, type))
      .map(({ connector }) => ({ connector, event, traceparent: null }));
  }

  private async keep(tx: Transaction, items: readonly ForConnector[]): Promise<void> {
    if (items.length === 0) return;
    await this.queue.add(tx, items);
    tx.afterCommit(() => this.lanes.ring());
  }
}
