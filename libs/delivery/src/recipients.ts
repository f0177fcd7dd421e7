import { Inject, Injectable } from '@nestjs/common';
import { DoNotContact, PersonStandings } from '@repartee/governance';
import { FREE, type Standing } from '@repartee/governance/domain';
import { type CachedProfile, Profiles } from '@repartee/profile';
import { AddressBook } from './address-book.js';

/** Whom a message is for, as they stand at the moment of sending. */
export interface Recipient {
  profile: CachedProfile | undefined;
  standing: Standing;
  /** Addresses of theirs that are on the do-not-contact list. */
  unwanted: ReadonlySet<string>;
  /** Addresses of theirs that were found not to work. */
  broken: ReadonlySet<string>;
  /** Where they are reached, null for nowhere; undefined where their identifiers say it. */
  address?: string | null | undefined;
}

/** Knows whom messages are for, and what they asked for. */
@Injectable()
export class Recipients {
  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(PersonStandings) private readonly standings: PersonStandings,
    @Inject(DoNotContact) private readonly doNotContact: DoNotContact,
    @Inject(AddressBook) private readonly addresses: AddressBook,
  ) {}

  /**
   * @param namespace of the identifiers the channel reaches people by
   * @param channel whose address book is looked into
   * @returns one recipient for each profile id
   */
  async find(
    profileIds: readonly string[],
    namespace: string | undefined,
    channel: string | undefined,
  ): Promise<(profileId: string) => Recipient | undefined> {
    const ids = [...new Set(profileIds)];
    const profiles = await Promise.all(ids.map((id) => this.profiles.findById(id)));
    const held = profiles.map((profile) =>
      (profile?.record.identifiers ?? []).filter((identifier) => identifier.namespace === namespace),
    );
    const [standings, listed, addresses] = await Promise.all([
      this.standings.readAll(profiles.map((profile) => profile?.record.family ?? [])),
      this.doNotContact.listed(held.flat()),
      Promise.all(profiles.map((profile) => profile && this.addresses.find(channel, profile))),
    ]);
    const unwanted = new Set(listed.map(({ value }) => value));
    const found = new Map(
      ids.map((id, index): [string, Recipient] => {
        const standing = standings[index] ?? FREE;
        return [
          id,
          { profile: profiles[index], standing, unwanted, broken: new Set(), address: addresses[index] },
        ];
      }),
    );
    return (profileId) => found.get(profileId);
  }
}
