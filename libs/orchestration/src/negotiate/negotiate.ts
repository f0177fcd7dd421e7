import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import { fail, failure, type Result } from '@repartee/contracts';
import { type Negotiated, type NegotiationRequest, Negotiations, OfferTokens } from '@repartee/decisioning';
import type { OfferToken } from '@repartee/decisioning/domain';
import { Dialogues } from '@repartee/dialogue';
import { PersonStandings } from '@repartee/governance';
import { mayProfile } from '@repartee/governance/domain';
import { newId } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import { type ProfileView, STRANGER } from '@repartee/profile/domain';
import { Discretion } from '../masking/discretion.js';

/** Moves an offer within its budgets on an agent's word, and notes it in the conversation. */
@Injectable()
export class Negotiate {
  constructor(
    @Inject(Negotiations) private readonly negotiations: Negotiations,
    @Inject(OfferTokens) private readonly tokens: OfferTokens,
    @Inject(Dialogues) private readonly dialogues: Dialogues,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(PersonStandings) private readonly standings: PersonStandings,
    @Inject(Discretion) private readonly discretion: Discretion,
  ) {}

  /** @param callId the call that the caller is in */
  async negotiate(
    request: NegotiationRequest,
    caller: Principal,
    callId?: string,
  ): Promise<Result<Negotiated>> {
    const token = this.tokens.open(request.token);
    if (!token)
      return fail(failure('RESPONSE.INVALID_TOKEN', 'The token was not made here, or was changed.'));
    const { dialogueId, channel, zone, profileId, anonymousId } = token;
    return this.negotiations.negotiate(request, {
      profile: await this.profileOf(token, caller, callId),
      agreed: (tx, { offer, terms, agent, at }) =>
        this.dialogues.say(tx, [
          {
            dialogueId,
            id: newId(),
            at,
            speaker: 'us',
            channel,
            said: { negotiated: terms, offer, zone, agent },
            profileId,
            anonymousId,
          },
        ]),
    });
  }

  /** Whoever objects to profiling is a stranger to templates, too. */
  private async profileOf(
    { profileId }: OfferToken,
    caller: Principal,
    callId?: string,
  ): Promise<ProfileView> {
    const found = profileId === null ? undefined : await this.profiles.findById(profileId);
    if (!found || !mayProfile(this.standings.recall(found.record.family))) return STRANGER;
    const known = await this.discretion.mayKnow(caller, found.record.id, callId);
    return this.discretion.shownTo(caller, found.view, known ? 'full' : 'none');
  }
}
