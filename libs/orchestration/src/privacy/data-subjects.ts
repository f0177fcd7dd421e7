import { Inject, Injectable } from '@nestjs/common';
import { Classifications, type ErasureWork } from '@repartee/governance';
import { type Classification, type DataSubject, spellingsOf } from '@repartee/governance/domain';
import { IdentityPersonalData } from '@repartee/identity';
import { Profiles, TimelinePersonalData } from '@repartee/profile';
import type { GoldenRecord } from '@repartee/profile/domain';

/** An identifier that is this person's alone, for good; one of a device that went into other hands is not. */
function isLasting(
  held: GoldenRecord['identifiers'][number] & { shared?: boolean; until?: number },
): boolean {
  return held.shared !== true && held.until === undefined;
}

/** How a person's addresses were written: not what many people share, as a name or a city. */
function addresses(traits: GoldenRecord['traits'], classes: Classification): unknown[] {
  return Object.entries(traits).flatMap(([name, { value }]) =>
    classes.classOf(['traits', name]) === 'contact' && /[@\d]/.test(String(value)) ? [value] : [],
  );
}

/** Knows a person in every form that data may know them by. */
@Injectable()
export class DataSubjects {
  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(IdentityPersonalData) private readonly identities: IdentityPersonalData,
    @Inject(TimelinePersonalData) private readonly timeline: TimelinePersonalData,
    @Inject(Classifications) private readonly classes: Classifications,
  ) {}

  /** Whom a request about this golden record is about. */
  of({ family, identifiers, traits }: GoldenRecord): ErasureWork {
    const lasting = identifiers.filter(isLasting).map(({ namespace, value }) => ({ namespace, value }));
    const texts = [...lasting.map(({ value }) => value), ...addresses(traits, this.classes.current)];
    return { profileIds: family, identifiers: lasting, spellings: spellingsOf(texts) };
  }

  /** The person with all that is theirs by now: also what came in after the request, under a profile of its own. */
  async complete(work: ErasureWork): Promise<DataSubject> {
    const profileIds = new Set(work.profileIds);
    for (const id of await this.identities.owners(work.identifiers)) {
      profileIds.add(id);
      for (const one of (await this.profiles.findById(id))?.record.family ?? []) profileIds.add(one);
    }
    const ids = [...profileIds];
    return { ...work, profileIds: ids, events: await this.timeline.events(ids) };
  }
}
