import { Inject, Injectable } from '@nestjs/common';
import { Catalogue } from '@repartee/decisioning';
import { Deliveries } from '@repartee/delivery';
import { Dialogues } from '@repartee/dialogue';
import { currentDialogue } from '@repartee/dialogue/domain';
import { Clock, newId, type Transaction } from '@repartee/platform';
import { type CachedProfile, Timeline } from '@repartee/profile';
import { DecideOutreach } from './decide-outreach.js';

/** What to say, where, and why. */
export interface OutreachRequest {
  channel: string;
  zone: string;
  origin: string;
  idempotencyKey: string;
  context: Record<string, unknown>;
  /** It is shown in the person's open pages, as it was decided. */
  presented?: boolean;
}

/** Reaches out to a person on a channel: decides, plans the delivery, and remembers what will be said. */
@Injectable()
export class Outreach {
  constructor(
    @Inject(DecideOutreach) private readonly decisions: DecideOutreach,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(Dialogues) private readonly dialogues: Dialogues,
    @Inject(Timeline) private readonly timeline: Timeline,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @returns the delivery's id; undefined when no offer fits, the person does not want it, or the same was asked before */
  async reach(tx: Transaction, person: CachedProfile, request: OutreachRequest): Promise<string | undefined> {
    const { record } = person;
    const { channel, zone, origin, context } = request;
    const dialogueId = currentDialogue(record.dialogue, this.clock.now()) ?? newId();
    const decided = await this.decisions.decide(tx, person, { channel, zone, context, dialogueId });
    if (!decided) return undefined;
    const { decisionId, zones } = decided;
    const offer = zones[0]?.offers[0];
    const content = offer && this.catalogue.contentOf(offer.treatment);
    if (!offer || !content) return undefined;
    const deliveryId = await this.deliveries.request(tx, {
      idempotencyKey: request.idempotencyKey,
      profileId: record.id,
      channel,
      class: 'marketing',
      origin,
      content,
      data: {
        offer: this.catalogue.snapshot.offersByKey.get(offer.offer)?.facts,
        context,
        ...itemsIn(offer.content),
        ...(request.presented && { shown: { zone, decisionId, dialogueId, offers: [offer] } }),
      },
      offer: { ...offer, zone, validUntil: Date.parse(offer.validUntil) },
      decisionId,
      dialogueId,
    });
    if (deliveryId !== undefined)
      await this.remember(tx, person, request, { decisionId, dialogueId, deliveryId, offer: offer.offer });
    return deliveryId;
  }

  private async remember(
    tx: Transaction,
    { record }: CachedProfile,
    { channel, zone, origin }: OutreachRequest,
    said: { decisionId: string; dialogueId: string; deliveryId: string; offer: string },
  ): Promise<void> {
    const { decisionId, dialogueId, deliveryId, offer } = said;
    const at = this.clock.now();
    await this.timeline.append(tx, [
      {
        profileId: record.id,
        at,
        id: decisionId,
        kind: 'decision',
        data: { decisionId, channel, zone, offer, origin },
      },
    ]);
    await this.dialogues.say(tx, [
      {
        dialogueId,
        id: deliveryId,
        at,
        speaker: 'us',
        channel,
        said: { offer, zone, origin },
        profileId: record.id,
        anonymousId: null,
      },
    ]);
  }
}

/** The items a message speaks of were chosen with its offer: its template speaks of the same ones. */
function itemsIn({ item, items }: Record<string, unknown>): Record<string, unknown> {
  return { ...(item !== undefined && { item }), ...(items !== undefined && { items }) };
}
