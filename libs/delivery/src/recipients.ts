import { Inject, Injectable } from '@nestjs/common';
import { DoNotContact, PersonStandings } from '@repartee/governance';
import { FREE, type Standing } from '@repartee/governance/domain';
import { type CachedProfile, Profiles } from '@repartee/profile';
import { AddressBook } from './address-book.js';
import { AddressStates } from './persistence/address-states.js';
import type { ChannelConnector } from './connector-gateway.js';
import type { AddressState } from './domain/address-state.js';
import { type SendHold, SendHolds } from './send-holds.js';

/** Whom a message is for, as they stand at the moment of sending. */
export interface Recipient {
  profile: CachedProfile | undefined;
  standing: Standing;
  /** Addresses of theirs that are on the do-not-contact list. */
  unwanted: ReadonlySet<string>;
  /** Numbers of theirs that nobody calls. */
  uncalled: ReadonlySet<string>;
  /** Where they are reached, null for nowhere; undefined where their identifiers say it. */
  address?: string | null | undefined;
  /** What was heard of addresses on the channel: bounces, proofs, refusals. */
  addresses: ReadonlyMap<string, AddressState>;
  /** Something is going on with them, so that marketing waits. */
  hold?: SendHold | undefined;
}

/** Knows whom messages are for, and what they asked for. */
@Injectable()
export class Recipients {
  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(PersonStandings) private readonly standings: PersonStandings,
    @Inject(DoNotContact) private readonly doNotContact: DoNotContact,
    @Inject(AddressBook) private readonly book: AddressBook,
    @Inject(AddressStates) private readonly states: AddressStates,
    @Inject(SendHolds) private readonly holds: SendHolds,
  ) {}

  /**
   * @param connector that serves the channel; undefined when none does
   * @returns one recipient for each profile id
   */
  async find(
    profileIds: readonly string[],
    connector: Pick<ChannelConnector, 'channel' | 'addressNamespace'> | undefined,
  ): Promise<(profileId: string) => Recipient | undefined> {
    const ids = [...new Set(profileIds)];
    const profiles = await Promise.all(ids.map((id) => this.profiles.findById(id)));
    const held = profiles.map((profile) =>
      (profile?.record.identifiers ?? []).filter(
        (identifier) => identifier.namespace === connector?.addressNamespace,
      ),
    );
    const values = [...new Set(held.flat().map(({ value }) => value))];
    const channel = connector?.channel;
    const [standings, listed, uncalled, booked, addresses, holds] = await Promise.all([
      this.standings.readAll(profiles.map((profile) => profile?.record.family ?? [])),
      this.doNotContact.listedFor(channel ?? '', held.flat()),
      channel === 'sms' ? this.doNotContact.listedFor('call_center', held.flat()) : [],
      Promise.all(profiles.map((profile) => profile && this.book.find(channel, profile))),
      this.states.read(channel ?? '', values),
      this.holds.of(profiles.flatMap((profile) => profile?.record.family ?? [])),
    ]);
    const valuesOf = (identifiers: readonly { value: string }[]) =>
      new Set(identifiers.map(({ value }) => value));
    const lists = { unwanted: valuesOf(listed), uncalled: valuesOf(uncalled) };
    const found = new Map(
      ids.map((id, index): [string, Recipient] => {
        const standing = standings[index] ?? FREE;
        const hold = longest(profiles[index]?.record.family ?? [], holds);
        return [
          id,
          { profile: profiles[index], standing, ...lists, addresses, address: booked[index], hold },
        ];
      }),
    );
    return (profileId) => found.get(profileId);
  }
}

/** People keep calls under each id they ever had. */
function longest(family: readonly string[], holds: ReadonlyMap<string, SendHold>): SendHold | undefined {
  if (holds.size === 0) return undefined;
  return family.flatMap((id) => holds.get(id) ?? []).sort((a, b) => b.until - a.until)[0];
}
