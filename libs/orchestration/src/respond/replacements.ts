import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import type { DecidedOffer } from '@repartee/contracts';
import { Decisions } from '@repartee/decisioning';
import type { OfferToken } from '@repartee/decisioning/domain';
import { PersonStandings } from '@repartee/governance';
import { Profiles } from '@repartee/profile';
import { STRANGER, mayUseProfile } from '@repartee/profile/domain';
import { Discretion } from '../masking/discretion.js';

/** What takes the place of offers whose time is over. */
@Injectable()
export class Replacements {
  constructor(
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(PersonStandings) private readonly standings: PersonStandings,
    @Inject(Discretion) private readonly discretion: Discretion,
  ) {}

  /** What the person of an old token would be offered now in the same place. @param caller to whom it is shown */
  async of(offer: OfferToken, caller?: Principal): Promise<DecidedOffer | null> {
    const owner = offer.profileId === null ? undefined : await this.profiles.findById(offer.profileId);
    const standing = this.standings.recall(owner?.record.family ?? []);
    const found = owner && mayUseProfile(standing, owner.record) ? owner : undefined;
    const subject = {
      view: found?.view ?? STRANGER,
      profileId: found?.record.id ?? null,
      profileVersion: found?.record.version ?? 0,
      anonymousId: offer.anonymousId,
    };
    const decided = await this.decisions.decide(
      caller ? this.discretion.subjectFor(caller, subject, 'none') : subject,
      {
        channel: offer.channel,
        zones: [{ zone: offer.zone, count: 1 }],
        context: { replaces: offer.offer },
        dialogueId: offer.dialogueId,
        fallbackOnly: standing.restricted,
      },
    );
    return decided.ok ? (decided.value.zones[0]?.offers[0] ?? null) : null;
  }
}
