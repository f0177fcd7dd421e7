import { Inject, Injectable } from '@nestjs/common';
import { TrackingPlans } from '@repartee/governance';
import type { Envelope } from '../domain/admit-event.js';
import { judgeEvent, type Outcome } from '../domain/judge-event.js';

/** Decides what enters the log, by the plans in force. */
@Injectable()
export class Admission {
  constructor(@Inject(TrackingPlans) private readonly plans: TrackingPlans) {}

  /** @param id for the event, made beforehand */
  judge(body: unknown, envelope: Envelope, id: string): Outcome {
    return judgeEvent(body, envelope, id, (event) => this.plans.check(envelope.source, event));
  }
}
