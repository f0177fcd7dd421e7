import { Injectable } from '@nestjs/common';
import type { CachedProfile } from '@repartee/profile';

/** Knows where people are reached on a channel whose addresses are no identifiers of theirs. */
export abstract class AddressSource {
  /** @returns undefined when the person cannot be reached there now */
  abstract addressOf(profile: CachedProfile): Promise<string | undefined>;
  /** The provider says that nobody is at this address any more. */
  abstract lost(address: string): Promise<void>;
}

/** The sources of addresses, by channel. What has none is reached by identifiers. */
@Injectable()
export class AddressBook {
  private readonly sources = new Map<string, AddressSource>();

  register(channel: string, source: AddressSource): void {
    this.sources.set(channel, source);
  }

  /** @returns undefined where identifiers say it, null where the person has no address */
  async find(channel: string | undefined, profile: CachedProfile): Promise<string | null | undefined> {
    const source = channel === undefined ? undefined : this.sources.get(channel);
    return source && ((await source.addressOf(profile)) ?? null);
  }

  async lost(channel: string, address: string): Promise<void> {
    await this.sources.get(channel)?.lost(address);
  }
}
