import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Action, Outcome } from '@repartee/contracts';
import { AddressBook, type AddressSource, ConnectorGateway, type SessionPresenter } from '@repartee/delivery';
import { SessionOffers } from '@repartee/engagement';
import type { CachedProfile } from '@repartee/profile';
import { OwnOffers } from './own-offers.js';

/**
 * The last step of a push: what was decided for an open page goes into the ring that the person's streams read. The
 * send gate has passed it like any other message; the address is the person.
 */
@Injectable()
export class PresentOffers implements SessionPresenter, AddressSource, OnModuleInit {
  constructor(
    @Inject(ConnectorGateway) private readonly connectors: ConnectorGateway,
    @Inject(AddressBook) private readonly addresses: AddressBook,
    @Inject(SessionOffers) private readonly offers: SessionOffers,
    @Inject(OwnOffers) private readonly own: OwnOffers,
  ) {}

  onModuleInit(): void {
    this.connectors.usePresenter(this);
    for (const { channel, presents } of this.connectors.connectors())
      if (presents) this.addresses.register(channel, this);
  }

  async present({ deliveryId, subjectId, data, expiresAt }: Action): Promise<Outcome> {
    const { shown } = data;
    if (typeof shown !== 'object' || shown === null)
      return {
        status: 'rejected',
        code: 'NOT_PRESENTABLE',
        retryable: false,
        detail: 'only what was decided for an open page can be pushed there',
      };
    const ends = expiresAt === undefined ? null : Date.parse(expiresAt);
    const providerId = await this.offers.push(subjectId, { ...shown, deliveryId }, ends);
    this.own.ring();
    return { status: 'accepted', providerId };
  }

  addressOf({ record }: CachedProfile): Promise<string> {
    return Promise.resolve(record.id);
  }

  lost(): Promise<void> {
    return Promise.resolve();
  }
}
