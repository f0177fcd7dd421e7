import { Inject, Injectable } from '@nestjs/common';
import type { Result } from '@repartee/contracts';
import type { MessageToken } from '@repartee/delivery';
import { Ingest, type Ingested } from '@repartee/ingestion';
import { Clock, newId } from '@repartee/platform';
import { internalEvent } from '../process-event/internal-event.js';

function capitalised(channel: string): string {
  return `${channel.charAt(0).toUpperCase()}${channel.slice(1)}`;
}

/** What people do with a message itself, as events by the names of Segment's e-mail spec. */
@Injectable()
export class MessageEvents {
  constructor(
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @param humanProbability how likely a person did it */
  opened(message: MessageToken, humanProbability: number): Promise<Result<Ingested>> {
    return this.say(message, 'Opened', `${message.deliveryId}:opened`, { humanProbability });
  }

  /** The opt-in to the message's channel. */
  wants(message: MessageToken, wanted: boolean): Promise<Result<Ingested>> {
    const id = newId();
    return this.say(message, wanted ? 'Resubscribed' : 'Unsubscribed', `${message.deliveryId}:consent:${id}`);
  }

  private say(
    message: MessageToken,
    what: string,
    messageId: string,
    more: object = {},
  ): Promise<Result<Ingested>> {
    const { profileId, deliveryId, channel } = message;
    return this.ingest.internal([
      internalEvent({
        id: newId(),
        type: 'track',
        name: `${capitalised(channel)} ${what}`,
        messageId,
        at: this.clock.now(),
        subject: profileId,
        payload: { profileId, properties: { deliveryId, channel, ...more } },
      }),
    ]);
  }
}
