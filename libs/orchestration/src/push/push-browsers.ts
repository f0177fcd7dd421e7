import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { AddressBook, type AddressSource } from '@repartee/delivery';
import { PushSubscriptions } from '@repartee/engagement';
import type { CachedProfile } from '@repartee/profile';
import { mayShow } from '../decide/person-finder.js';

/** The channel of messages to browsers while no page is open. */
export const PUSH_CHANNEL = 'web_push';

/** Finds the browser in which a person takes messages: the one that was subscribed last. */
@Injectable()
export class PushBrowsers implements AddressSource, OnModuleInit {
  constructor(
    @Inject(AddressBook) private readonly addresses: AddressBook,
    @Inject(PushSubscriptions) private readonly subscriptions: PushSubscriptions,
  ) {}

  onModuleInit(): void {
    this.addresses.register(PUSH_CHANNEL, this);
  }

  /** As JSON of the subscription. A browser that was subscribed by somebody unproved shows nothing of a proved person. */
  async addressOf({ record }: CachedProfile): Promise<string | undefined> {
    const devices = record.identifiers.flatMap(({ namespace, value }) =>
      namespace === 'anonymous_id' ? [value] : [],
    );
    const found = (await this.subscriptions.of(devices)).find(({ userId }) =>
      mayShow(userId ?? undefined, record),
    );
    return found && JSON.stringify(found.subscription);
  }

  async lost(address: string): Promise<void> {
    const { endpoint } = JSON.parse(address) as { endpoint: string };
    await this.subscriptions.forget(endpoint);
  }
}
