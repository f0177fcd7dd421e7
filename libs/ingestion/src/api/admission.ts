import { Inject, Injectable } from '@nestjs/common';
import { TrackingPlans } from '@repartee/governance';
import { admitEvent, type AdmittedEvent, type Envelope, type Rejection } from '../domain/admit-event.js';

/** What becomes of an event that somebody sends. */
export type Outcome =
  | { admitted: AdmittedEvent }
  /** It breaks the schema of all events. */
  | { rejected: Rejection }
  /** It breaks the tracking plan of its source, which says what to do with it. */
  | { offPlan: Rejection; action: 'quarantine' | 'block' };

/** Decides what enters the log: first by the schema of all events, then by the tracking plan of the source. */
@Injectable()
export class Admission {
  constructor(@Inject(TrackingPlans) private readonly plans: TrackingPlans) {}

  /** @param id for the event, made beforehand */
  judge(body: unknown, envelope: Envelope, id: string): Outcome {
    const admission = admitEvent(body, envelope, id);
    if ('rejected' in admission) return admission;
    const verdict = this.plans.check(envelope.source, admission.event);
    return verdict ? { offPlan: verdict, action: verdict.action } : admission;
  }
}
