import { Inject, Injectable } from '@nestjs/common';
import { AddressStates, ConnectorGateway } from '@repartee/delivery';
import { Clock, type Transaction } from '@repartee/platform';
import { CALLS } from './hear-call.js';

/** A number that is somebody else's: no channel reaches the person there, until they prove that it is theirs. */
@Injectable()
export class WrongNumbers {
  constructor(
    @Inject(AddressStates) private readonly addresses: AddressStates,
    @Inject(ConnectorGateway) private readonly gateway: ConnectorGateway,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async wrong(tx: Transaction, number: string, callId: string): Promise<void> {
    const byPhone = this.gateway.connectors().filter(({ addressNamespace }) => addressNamespace === 'phone');
    const channels = new Set([CALLS, ...byPhone.map(({ channel }) => channel)]);
    const news = {
      kind: 'bounce',
      permanent: true,
      at: this.clock.now(),
      id: callId,
      cause: 'somebody else has the number',
    } as const;
    await this.addresses.hear(
      tx,
      [...channels].map((channel) => ({ channel, address: number, news })),
    );
  }
}
