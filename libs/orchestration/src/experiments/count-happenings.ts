import { Inject, Injectable } from '@nestjs/common';
import { ImpactOutcomes, OfferTokens } from '@repartee/decisioning';
import { Experiments, Exposures, Outcomes, type PersonalHappening } from '@repartee/experiments';
import { hashedId, participantOf } from '@repartee/experiments/domain';
import type { Transaction } from '@repartee/platform';
import { GoldenRecords, type ProfileBatch } from '@repartee/profile';
import { orderFact } from '@repartee/profile/domain';
import type { AssignedEvent } from '../process-event/assign.js';
import { responseOf } from '../process-event/response-of.js';

/** How Segment's A/B testing spec names the moment in which somebody meets a variation. */
const EXPERIMENT_VIEWED = 'Experiment Viewed';
/** By what a person may have been drawn before there was a record of her. */
const STRANGERS_NAMES = new Set(['anonymous_id', 'user_id']);

/** Lets experiments count what people do. */
@Injectable()
export class CountHappenings {
  constructor(
    @Inject(Experiments) private readonly experiments: Experiments,
    @Inject(Exposures) private readonly exposures: Exposures,
    @Inject(Outcomes) private readonly outcomes: Outcomes,
    @Inject(ImpactOutcomes) private readonly impact: ImpactOutcomes,
    @Inject(OfferTokens) private readonly tokens: OfferTokens,
    @Inject(GoldenRecords) private readonly records: GoldenRecords,
  ) {}

  /** Events with the living profiles they belong to, in the transaction that brings them into the golden records. */
  async count(tx: Transaction, batch: ProfileBatch, events: readonly AssignedEvent[]): Promise<void> {
    for (const assigned of events) this.noteViewed(batch, assigned);
    const { counting } = this.outcomes;
    const counted = counting ? events : events.filter(({ event }) => mayRespond(event));
    if (counted.length === 0) return;
    const happenings = counted.map((assigned) => this.happeningOf(batch, assigned));
    if (counting) await this.outcomes.observe(tx, happenings);
    await this.impact.observe(tx, happenings);
  }

  /** A client that fetched its flags ahead says itself when it used one. */
  private noteViewed(batch: ProfileBatch, { event, profileId }: AssignedEvent): void {
    if (event.type !== 'track' || event.name !== EXPERIMENT_VIEWED) return;
    const properties = (event.payload['properties'] ?? {}) as Record<string, unknown>;
    const { book } = this.experiments;
    const experiment = book.byKey.get(String(properties['experiment_id'] ?? properties['experimentId']));
    const stated = String(properties['variation_id'] ?? properties['variationId']);
    if (experiment?.state !== 'running' || !experiment.variations.some(({ key }) => key === stated)) return;
    const record = batch.draft(profileId);
    const unit = hashedId(participantOf(record, null), experiment.hashBy);
    if (unit === null) return;
    const exposure = { experiment: experiment.key, phase: experiment.phase, variation: stated, unit };
    const person = { profileId, anonymousId: null, view: this.records.view(record) };
    this.exposures.note(book, [exposure], person, event.occurredAt);
  }

  private happeningOf(batch: ProfileBatch, { event, profileId }: AssignedEvent): PersonalHappening {
    const { id, type, name, occurredAt, payload } = event;
    const properties = (payload['properties'] ?? {}) as Record<string, unknown>;
    const response = responseOf(event, (token) => this.tokens.open(token));
    const order = type === 'track' ? orderFact({ ...event, properties }) : undefined;
    return {
      eventId: id,
      at: occurredAt,
      person: profileId,
      names: batch
        .draft(profileId)
        .identifiers.flatMap(({ namespace, value }) => (STRANGERS_NAMES.has(namespace) ? value : [])),
      ...(response && {
        response: {
          type: response.type,
          offer: response.offer.offer,
          decisionId: response.offer.decisionId,
          ...(response.value !== undefined && { value: response.value }),
        },
      }),
      ...(type === 'track' && name !== null && { event: { name, properties } }),
      ...(order && { order }),
    };
  }
}

/** Whether an event may tell what somebody made of an offer. */
function mayRespond({ type, payload }: AssignedEvent['event']): boolean {
  if (type === 'response') return true;
  const properties = payload['properties'] as Record<string, unknown> | undefined;
  return type === 'track' && properties?.['token'] !== undefined;
}
