import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { CloudEvent } from '@repartee/contracts';
import type { DeliverySent } from '@repartee/delivery';
import { Ingest } from '@repartee/ingestion';
import { newId } from '@repartee/platform';
import { CallBacks } from '../calls/call-backs.js';
import { internalEvent } from '../process-event/internal-event.js';

/** Notes in golden records what was sent to people, so that contact policies can count it; calls become work for agents. */
@Controller()
export class ContactHandler {
  constructor(
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(CallBacks) private readonly callBacks: CallBacks,
  ) {}

  @EventPattern('delivery.sent')
  async note(@Payload() { data }: CloudEvent<DeliverySent>): Promise<void> {
    const noted = await this.ingest.internal(
      data.sent.map(({ deliveryId, profileId, channel, offer, at }) =>
        internalEvent({
          id: newId(),
          type: 'contact',
          name: 'sent',
          messageId: `${deliveryId}:sent`,
          at,
          subject: profileId,
          payload: { profileId, channel, offer: offer ?? '' },
        }),
      ),
    );
    if (!noted.ok) throw new Error(noted.failure.detail);
    await this.callBacks.plan(data.sent);
  }
}
