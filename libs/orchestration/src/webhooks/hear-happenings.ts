import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { CloudEvent } from '@repartee/contracts';
import type { CallOutcome } from '@repartee/engagement';
import { HAPPENING, type Happening } from '@repartee/platform';
import { MessageStore } from './message-store.js';
import { WebhookLanes } from './webhook-lanes.js';

/** Keeps what happened for each webhook that wants to hear of it. Told twice it is kept once: the id is the same. */
@Controller()
export class HearHappenings {
  constructor(
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(WebhookLanes) private readonly lanes: WebhookLanes,
  ) {}

  @EventPattern(HAPPENING)
  async hear(@Payload() { data }: CloudEvent<Happening>): Promise<void> {
    await this.messages.add([data]);
    this.lanes.ring();
  }

  @EventPattern('call.concluded')
  async concluded(@Payload() { id, data }: CloudEvent<CallOutcome>): Promise<void> {
    const { callId, profileId, meaning, at } = data;
    const type = 'call.concluded';
    const happening = { id, type, subject: profileId ?? callId, at, data: { callId, profileId, meaning } };
    await this.messages.add([happening]);
    this.lanes.ring();
  }
}
