import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { type CloudEvent, connectorAnswerSchema } from '@repartee/contracts';
import { PermanentFailure } from '@repartee/platform';
import { DispatchBell } from '../dispatch-bell.js';
import { Settlements } from '../settlements.js';

/** Bus message `connector.outcome`: what a connector in a process of its own says became of an attempt. */
@Controller()
export class OutcomeHandler {
  constructor(
    @Inject(Settlements) private readonly settlements: Settlements,
    @Inject(DispatchBell) private readonly bell: DispatchBell,
  ) {}

  @EventPattern('connector.outcome')
  async hear(@Payload() event: CloudEvent): Promise<void> {
    const answer = connectorAnswerSchema.safeParse(event.data);
    if (!answer.success) throw new PermanentFailure(`not an answer: ${answer.error.message}`);
    await this.settlements.settle(answer.data);
    this.bell.ring();
  }
}
