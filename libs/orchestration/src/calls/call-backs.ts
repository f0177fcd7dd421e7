import { Inject, Injectable } from '@nestjs/common';
import { Deliveries, type DeliverySent } from '@repartee/delivery';
import { CALLS, NewTasks } from '@repartee/engagement';
import { PermanentFailure } from '@repartee/platform';

/** What is handed to the call centre becomes work for its agents, once for each delivery. */
@Injectable()
export class CallBacks {
  constructor(
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(NewTasks) private readonly tasks: NewTasks,
  ) {}

  async plan(sent: DeliverySent['sent']): Promise<void> {
    for (const { deliveryId, profileId, channel, offer } of sent) {
      if (channel !== CALLS) continue;
      const found = await this.deliveries.get(deliveryId);
      if (!found.ok) continue;
      const { content, dialogueId, offerToken } = found.value.delivery;
      const made = await this.tasks.make({
        kind: 'call_back',
        subject: `Call about ${offer ?? 'a message'}`,
        priority: PRIORITY,
        skills: [],
        profileId,
        ...(dialogueId !== null && { dialogueId }),
        data: { deliveryId, offer, content, token: offerToken },
        origin: `delivery:${deliveryId}`,
      });
      if (!made.ok) throw new PermanentFailure(`${made.failure.code}: ${made.failure.detail}`);
    }
  }
}

const PRIORITY = 50;
