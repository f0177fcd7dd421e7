import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { CloudEvent } from '@repartee/contracts';
import type { FactDue } from '@repartee/delivery';
import { WorkOffFact } from './work-off-fact.js';

/** Bus message `connector.fact`: a provider's report is durable and waits. */
@Controller()
export class FactHandler {
  constructor(@Inject(WorkOffFact) private readonly work: WorkOffFact) {}

  @EventPattern('connector.fact')
  async workOff(@Payload() { data }: CloudEvent<FactDue>): Promise<void> {
    await this.work.workOff(data);
  }
}
