import { Inject, Injectable } from '@nestjs/common';
import type { HeardEvent, Outcome } from '@repartee/contracts';
import { type EventListener, EventListeners } from '@repartee/delivery';
import { PersonStandings } from '@repartee/governance';
import { type Counter, Database, type DeadLetterCause, DeadLetters, Metrics } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import { judge } from '../webhooks/verdict.js';
import { type Claimed, EventQueue } from './event-queue.js';
import { mayHear } from './who-hears.js';

/** Type of the dead letters of events that a connector would not hear. */
export const CONNECTOR_EVENT = 'connector.event';
/** What a dead letter of that type says. */
export interface ConnectorEventData {
  connector: string;
  event: HeardEvent;
}

/** After so many tries that were answered, {@link judge} has given it up. */
const MOST_TRIES = 10;

type Result = 'told' | 'withheld' | 'waiting' | 'given-up';

/** Tells a connector one event, and sees to what comes of it. */
@Injectable()
export class TellConnector {
  private readonly results: Counter<'connector' | 'result'>;

  constructor(
    @Inject(EventListeners) private readonly listeners: EventListeners,
    @Inject(EventQueue) private readonly queue: EventQueue,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(PersonStandings) private readonly standings: PersonStandings,
    @Inject(DeadLetters) private readonly letters: DeadLetters,
    @Inject(Database) private readonly database: Database,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.results = metrics.counter('repartee_connector_events_total', 'Events that connectors hear', [
      'connector',
      'result',
    ]);
  }

  async tell(listener: EventListener, claimed: Claimed): Promise<void> {
    const result = await this.work(listener, claimed);
    this.results.inc({ connector: listener.connector, result });
  }

  private async work(listener: EventListener, claimed: Claimed): Promise<Result> {
    const { connector, event, traceparent } = claimed;
    // It was begun each time and never ended: it may be what ends processes.
    if (claimed.tries > MOST_TRIES) return this.giveUp(claimed, 'lapsed', 'no process finished it');
    if (!(await this.isAllowed(listener, event))) return this.withhold(claimed);
    return this.settle(claimed, await this.listeners.tell(connector, event, traceparent ?? undefined));
  }

  /** Asked at the last moment: consent may have been withdrawn while the event waited. */
  private async isAllowed({ purposes }: EventListener, event: HeardEvent): Promise<boolean> {
    if (event.kind === 'fact') return true;
    const found = await this.profiles.findById(event.subjectId);
    if (!found) return false;
    return mayHear(found.record, await this.standings.read(found.record.family), purposes);
  }

  private async withhold(claimed: Claimed): Promise<Result> {
    await this.queue.remove(this.database, claimed);
    return 'withheld';
  }

  private async settle(claimed: Claimed, outcome: Outcome): Promise<Result> {
    if (outcome.status === 'accepted') {
      await this.queue.remove(this.database, claimed);
      return 'told';
    }
    const reason = outcome.detail ?? (outcome.status === 'rejected' ? outcome.code : 'no answer');
    const rejected = outcome.status === 'rejected' ? outcome : undefined;
    if (rejected?.retryable === false) return this.giveUp(claimed, 'permanent', reason);
    const retryAfter = (rejected?.retryAfter ?? 0) * 1000;
    const counts = rejected?.wait !== true;
    const verdict = judge({ status: 503, retryAfter }, counts ? claimed.tries : 1, 0, Math.random());
    if (verdict.message !== 'waiting') return this.giveUp(claimed, 'exhausted', reason);
    await this.queue.again(claimed, verdict.retryIn, counts);
    return 'waiting';
  }

  private async giveUp(claimed: Claimed, cause: DeadLetterCause, reason: string): Promise<Result> {
    const { connector, event, tries, traceparent } = claimed;
    await this.database.transaction(async (tx) => {
      if (!(await this.queue.remove(tx, claimed))) return;
      await this.letters.bury(tx, {
        ...{ type: CONNECTOR_EVENT, subject: event.subjectId, attempts: tries, cause, reason },
        ...(traceparent !== null && { traceparent }),
        data: { connector, event } satisfies ConnectorEventData,
      });
    });
    return 'given-up';
  }
}
