import { Inject, Injectable } from '@nestjs/common';
import { DoNotContact, PersonStandings } from '@repartee/governance';
import { FREE, type Standing } from '@repartee/governance/domain';
import { type CachedProfile, Profiles } from '@repartee/profile';

/** Whom a message is for, as they stand at the moment of sending. */
export interface Recipient {
  profile: CachedProfile | undefined;
  standing: Standing;
  /** Addresses of theirs that are on the do-not-contact list. */
  unwanted: ReadonlySet<string>;
}

/** Knows whom messages are for, and what they asked for. */
@Injectable()
export class Recipients {
  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(PersonStandings) private readonly standings: PersonStandings,
    @Inject(DoNotContact) private readonly doNotContact: DoNotContact,
  ) {}

  /** @param addressNamespace of the identifiers the channel reaches people by */
  async find(profileId: string, addressNamespace: string | undefined): Promise<Recipient> {
    const profile = await this.profiles.findById(profileId);
    if (!profile) return { profile, standing: FREE, unwanted: new Set() };
    const { family, identifiers } = profile.record;
    const unwanted = new Set<string>();
    for (const held of identifiers)
      if (held.namespace === addressNamespace && (await this.doNotContact.hasIdentifier(held)))
        unwanted.add(held.value);
    return { profile, standing: await this.standings.read(family), unwanted };
  }
}
