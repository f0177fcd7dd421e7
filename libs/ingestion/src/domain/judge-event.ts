import type { PlannableEvent, Verdict } from '@repartee/governance/domain';
import { admitEvent, type AdmittedEvent, type Envelope, type Rejection } from './admit-event.js';

/** What becomes of an event that somebody sends. */
export type Outcome =
  | { admitted: AdmittedEvent }
  /** It breaks the schema of all events. */
  | { rejected: Rejection }
  /** It breaks the tracking plan of its source, which says what to do with it. */
  | {
      offPlan: Rejection;
      action: 'quarantine' | 'block';
      /** As the log would hold it. JSON text. */ payload: string;
    };

/** Judges an event by the tracking plan of its source. */
export type PlanCheck = (event: PlannableEvent) => Verdict | undefined;

/**
 * Decides what enters the log, on whatever way it comes: first by the schema of all events, then by the tracking plan of
 * the source.
 * @param id for the event, made beforehand
 */
export function judgeEvent(body: unknown, envelope: Envelope, id: string, check: PlanCheck): Outcome {
  const admission = admitEvent(body, envelope, id);
  if ('rejected' in admission) return admission;
  const verdict = check(admission.event);
  if (!verdict) return admission;
  const { action, ...offPlan } = verdict;
  return { offPlan, action, payload: admission.admitted.payload };
}
