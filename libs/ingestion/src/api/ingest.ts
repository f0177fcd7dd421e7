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
import { Clock, type Counter, Metrics, newId, Tracer } from '@repartee/platform';
import type { AdmittedEvent, Envelope, Rejection } from '../domain/admit-event.js';
import { EventLog } from '../persistence/event-log.js';
import { Quarantine, type RefusedEvent } from '../persistence/quarantine.js';
import { Admission } from './admission.js';
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

interface OffPlan {
  request: IngestRequest;
  body: unknown;
  offPlan: Rejection;
  action: 'quarantine' | 'block';
}

/** Takes in events: one answer only after every one of them is durable, in the log or in quarantine. */
@Injectable()
export class Ingest {
  private visibility?: Visibility;
  private readonly received: Counter<'result'>;

  constructor(
    @Inject(Admission) private readonly admission: Admission,
    @Inject(EventLog) private readonly log: EventLog,
    @Inject(Quarantine) private readonly quarantine: Quarantine,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Tracer) private readonly tracer: Tracer,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.received = metrics.counter('repartee_events_received_total', 'Events taken in', ['result']);
  }

  /** A higher floor says how visibility is known. Once, at start. */
  useVisibility(visibility: Visibility): void {
    this.visibility = visibility;
  }

  /** One event. What breaks the schema is refused with 400 and the id under which it waits in quarantine. */
  async one(request: IngestRequest): Promise<Result<Ingested>> {
    const outcome = this.admission.judge(request.body, this.envelope(request), newId());
    if ('admitted' in outcome) return this.append([outcome.admitted], []);
    const body = { type: request.type, ...request.body };
    if ('offPlan' in outcome) return this.append([], await this.offPlan([{ request, body, ...outcome }]));
    const { code, errors } = outcome.rejected;
    const [id] = await this.quarantine.add([refused(request, body, outcome.rejected)]);
    this.count('quarantined', 1);
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
    const rejected: RefusedEvent[] = [];
    const offPlan: OffPlan[] = [];
    for (const [index, body] of (events as unknown[]).entries()) {
      const outcome = this.admission.judge(body, envelope, newId());
      if ('admitted' in outcome) admitted.push(outcome.admitted);
      else if ('rejected' in outcome) rejected.push(refused(request, body, outcome.rejected));
      else offPlan.push({ request, body, ...outcome });
      if (index % SLICE === SLICE - 1) await new Promise(setImmediate);
    }
    const quarantined = rejected.length > 0 ? await this.quarantine.add(rejected) : [];
    this.count('quarantined', quarantined.length);
    return this.append(admitted, [...quarantined, ...(await this.offPlan(offPlan))]);
  }

  /** An event that the product itself says, as a response: as durable as any other. */
  async internal(events: AdmittedEvent[]): Promise<Result<Ingested>> {
    return this.append(events, []);
  }

  /** Waits until the events show everywhere, `seconds` at most. */
  async visible({ events }: Pick<Ingested, 'events'>, seconds: number): Promise<VisibleState> {
    const deadline = performance.now() + seconds * 1000;
    if (events.length === 0) return { visible: false };
    const ids = await this.log.idsOf(events, deadline);
    if (!this.visibility || ids.length === 0) return { visible: this.visibility !== undefined };
    return this.visibility.wait(ids, deadline);
  }

  private async append(admitted: AdmittedEvent[], quarantined: string[]): Promise<Result<Ingested>> {
    const appended = await this.log.append(admitted);
    if (!appended.ok) return appended;
    this.count('accepted', admitted.length);
    return ok({ events: admitted.map(({ source, messageId }) => ({ source, messageId })), quarantined });
  }

  /** @returns the ids of those that the plan wants in quarantine; the others end here */
  private async offPlan(events: readonly OffPlan[]): Promise<string[]> {
    const held = events.filter(({ action }) => action === 'quarantine');
    this.count('quarantined', held.length);
    this.count('blocked', events.length - held.length);
    if (held.length === 0) return [];
    return this.quarantine.add(held.map(({ request, body, offPlan }) => refused(request, body, offPlan)));
  }

  private envelope(request: IngestRequest): Envelope {
    return {
      source: request.caller.source,
      verified: request.caller.kind !== 'public' && request.caller.kind !== 'session',
      receivedAt: this.clock.now(),
      sentAt: request.body['sentAt'],
      type: request.type,
      traceparent: this.tracer.currentTraceparent(),
    };
  }

  private count(result: 'accepted' | 'quarantined' | 'blocked', events: number): void {
    if (events > 0) this.received.inc({ result }, events);
  }
}

function refused(request: IngestRequest, body: unknown, rejection: Rejection): RefusedEvent {
  const { caller, text } = request;
  return { body, request: text, rejection, source: caller.source, verified: caller.kind !== 'public' };
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
