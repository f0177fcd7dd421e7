import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import {
  type EventType,
  fail,
  failure,
  type Failure,
  MAX_BATCH_EVENTS,
  ok,
  type Result,
} from '@repartee/contracts';
import { Clock, Metrics, newId, Tracer } from '@repartee/platform';
import { admitEvent, type AdmittedEvent, type Envelope } from '../domain/admit-event.js';
import { EventLog } from '../persistence/event-log.js';
import { Quarantine, type RefusedEvent } from '../persistence/quarantine.js';
import type { Visibility, VisibleState } from './visibility.js';

/** Events of a batch looked at before other work gets a turn. */
const SLICE = 500;

/** A parsed request with what is known of its sender. */
export interface IngestRequest {
  caller: Principal;
  body: Record<string, unknown>;
  text: string;
  /** The call by its path; undefined for a batch. */
  type?: EventType;
}

export interface Ingested {
  /** The events that are durable now, by what makes them one. */
  events: Pick<AdmittedEvent, 'source' | 'messageId'>[];
  /** Ids under which refused events wait in quarantine. */
  quarantined: string[];
}

/** Takes in events: one answer only after every one of them is durable, in the log or in quarantine. */
@Injectable()
export class Ingest {
  private visibility?: Visibility;

  constructor(
    @Inject(EventLog) private readonly log: EventLog,
    @Inject(Quarantine) private readonly quarantine: Quarantine,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Tracer) private readonly tracer: Tracer,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** A higher floor says how visibility is known. Once, at start. */
  useVisibility(visibility: Visibility): void {
    this.visibility = visibility;
  }

  /** One event: refused with 400 and the id under which it waits in quarantine. */
  async one(request: IngestRequest): Promise<Result<Ingested>> {
    const admission = admitEvent(request.body, this.envelope(request), newId());
    if ('admitted' in admission) return this.append([admission.admitted], []);
    const { code, errors } = admission.rejected;
    const body = { type: request.type, ...request.body };
    const [id] = await this.quarantine.add([this.refused(request, body, admission.rejected)]);
    this.count(0, 1);
    return fail(
      failure(code, `The event was put into quarantine as ${id}.`, { errors, extra: { quarantineId: id } }),
    );
  }

  /** A batch: what is refused goes to quarantine, the rest is kept. */
  async batch(request: IngestRequest): Promise<Result<Ingested>> {
    const events: unknown = request.body['batch'];
    const invalid = invalidBatch(events);
    if (invalid) return fail(invalid);
    const envelope = this.envelope(request);
    const admitted: AdmittedEvent[] = [];
    const refused: RefusedEvent[] = [];
    for (const [index, body] of (events as unknown[]).entries()) {
      const admission = admitEvent(body, envelope, newId());
      if ('admitted' in admission) admitted.push(admission.admitted);
      else refused.push(this.refused(request, body, admission.rejected));
      if (index % SLICE === SLICE - 1) await new Promise(setImmediate);
    }
    const quarantined = refused.length > 0 ? await this.quarantine.add(refused) : [];
    return this.append(admitted, quarantined);
  }

  /** An event that the product itself says, as a response: as durable as any other. */
  async internal(events: AdmittedEvent[]): Promise<Result<Ingested>> {
    return this.append(events, []);
  }

  /** Waits until the events show everywhere, `seconds` at most. */
  async visible({ events }: Pick<Ingested, 'events'>, seconds: number): Promise<VisibleState> {
    const deadline = performance.now() + seconds * 1000;
    const ids = events.length > 0 ? await this.log.idsOf(events, deadline) : [];
    if (!this.visibility || ids.length === 0) return { visible: this.visibility !== undefined };
    return this.visibility.wait(ids, deadline);
  }

  private async append(admitted: AdmittedEvent[], quarantined: string[]): Promise<Result<Ingested>> {
    const appended = await this.log.append(admitted);
    if (!appended.ok) return appended;
    this.count(admitted.length, quarantined.length);
    return ok({ events: admitted.map(({ source, messageId }) => ({ source, messageId })), quarantined });
  }

  private envelope(request: IngestRequest): Envelope {
    return {
      source: request.caller.source,
      verified: request.caller.kind === 'server' || request.caller.kind === 'admin',
      receivedAt: this.clock.now(),
      sentAt: request.body['sentAt'],
      type: request.type,
      traceparent: this.tracer.currentTraceparent(),
    };
  }

  private refused(request: IngestRequest, body: unknown, rejection: RefusedEvent['rejection']): RefusedEvent {
    const { caller, text } = request;
    return { body, request: text, rejection, source: caller.source, verified: caller.kind !== 'public' };
  }

  private count(accepted: number, refused: number): void {
    const events = this.metrics.counter('repartee_events_received_total', 'Events taken in', ['result']);
    if (accepted > 0) events.inc({ result: 'accepted' }, accepted);
    if (refused > 0) events.inc({ result: 'quarantined' }, refused);
  }
}

function invalidBatch(events: unknown): Failure | undefined {
  if (!Array.isArray(events)) {
    return failure('INGESTION.INVALID_EVENT', 'A batch needs a list of events.', {
      errors: [{ pointer: '#/batch', detail: 'must be a list' }],
    });
  }
  if (events.length > MAX_BATCH_EVENTS) {
    return failure('INGESTION.BATCH_TOO_LARGE', `A batch holds at most ${MAX_BATCH_EVENTS} events.`);
  }
  return undefined;
}
