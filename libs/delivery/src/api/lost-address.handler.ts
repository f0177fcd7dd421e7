import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { CloudEvent } from '@repartee/contracts';
import { Database } from '@repartee/platform';
import { AddressBook } from '../address-book.js';
import type { AddressLost } from '../conclusions.js';

/** Takes addresses out of the book that a provider no longer knows. */
@Controller()
export class LostAddressHandler {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AddressBook) private readonly addresses: AddressBook,
  ) {}

  @EventPattern('delivery.address-lost')
  async forget(@Payload() { data: { channel, attemptId } }: CloudEvent<AddressLost>): Promise<void> {
    const [row] = await this.database.query<{ address: string }>(
      `SELECT action->'to'->>'address' AS address FROM delivery_attempt WHERE id = $1`,
      [attemptId],
    );
    if (row) await this.addresses.lost(channel, row.address);
  }
}
