import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { CloudEvent } from '@repartee/contracts';
import { SendGate } from '../send-gate.js';

/** Bus message `delivery.due`: the time of a delivery has come. */
@Controller()
export class SendHandler {
  constructor(@Inject(SendGate) private readonly gate: SendGate) {}

  @EventPattern('delivery.due')
  async send(@Payload() event: CloudEvent<{ deliveryId: string }>): Promise<void> {
    await this.gate.send(event.data.deliveryId);
  }
}
