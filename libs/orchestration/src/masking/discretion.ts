import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import type { DecisionSubject } from '@repartee/decisioning';
import { CallStore } from '@repartee/engagement';
import { Classifications } from '@repartee/governance';
import type { ProfileView } from '@repartee/profile/domain';
import { maskTraits } from './masks.js';

/** What reads golden records of anybody. */
const PEOPLE = 'profiles:read';

/** Who may learn who somebody is: whoever may read golden records, and whoever speaks with exactly that person, verified. */
@Injectable()
export class Discretion {
  constructor(
    @Inject(CallStore) private readonly calls: CallStore,
    @Inject(Classifications) private readonly classifications: Classifications,
  ) {}

  /** Whether the caller may read people whom nobody has verified. */
  readsPeople({ scopes }: Principal): boolean {
    return scopes.includes('*') || scopes.includes(PEOPLE);
  }

  /** @param callId the call that the caller is in, in which the person may have proved who they are */
  async mayKnow(caller: Principal, profileId: string, callId: string | undefined): Promise<boolean> {
    if (this.readsPeople(caller)) return true;
    const call = callId === undefined ? undefined : await this.calls.find(callId);
    return call !== undefined && call.profileId === profileId && call.verified !== 'none';
  }

  /**
   * What content may say of a person to somebody who signed in. Servers render for the person themselves.
   * @param verified of the call that the decision is made in
   */
  shownTo(caller: Principal, view: ProfileView, verified?: unknown): ProfileView {
    const known = verified === 'partial' || verified === 'full';
    return caller.kind !== 'person' || known || this.readsPeople(caller) ? view : this.masked(view);
  }

  /** The subject of a decision whose content is shown to the caller. */
  subjectFor(caller: Principal, subject: DecisionSubject, verified: unknown): DecisionSubject {
    const shown = this.shownTo(caller, subject.view, verified);
    return shown === subject.view ? subject : { ...subject, shown };
  }

  /** A person as templates see them before anybody is verified. */
  masked(view: ProfileView): ProfileView {
    return { ...view, traits: maskTraits(view.traits, this.classifications.current) };
  }
}
