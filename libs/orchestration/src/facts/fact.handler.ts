import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { CloudEvent } from '@repartee/contracts';
import type { AddressClaimed, FactDue } from '@repartee/delivery';
import { SayConsent } from './say-consent.js';
import { WorkOffFact } from './work-off-fact.js';

/** Takes from the bus that a provider's report waits, and that an address that spoke before is somebody's now. */
@Controller()
export class FactHandler {
  constructor(
    @Inject(WorkOffFact) private readonly work: WorkOffFact,
    @Inject(SayConsent) private readonly consent: SayConsent,
  ) {}

  @EventPattern('connector.fact')
  async workOff(@Payload() { data }: CloudEvent<FactDue>): Promise<void> {
    await this.work.workOff(data);
  }

  /** What an address said while it was nobody's becomes the word of whom it belongs to. */
  @EventPattern('address.claimed')
  async claimed(@Payload() { data: { profileId, words } }: CloudEvent<AddressClaimed>): Promise<void> {
    for (const { channel, key, status, at, id } of words) {
      const proof = { method: 'by word', form: channel };
      await this.consent.say({ who: { profileId }, key, status, at, factId: id, proof });
    }
  }
}
