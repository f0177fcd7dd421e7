import { Inject, Injectable } from '@nestjs/common';
import type { DecisionRequest } from '@repartee/contracts';
import { type Identifier, keyOf } from '@repartee/identity/domain';
import { ColdProfiles, Profiles } from '@repartee/profile';
import { type PeopleSource, readIdentifiers } from './person-finder.js';

/** Reads the people of many questions at once, instead of one after the other. */
@Injectable()
export class GatherPeople {
  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(ColdProfiles) private readonly cold: ColdProfiles,
  ) {}

  /** Whoever is not in memory is read now, all together. */
  async gather(requests: readonly DecisionRequest[]): Promise<PeopleSource> {
    const asked = new Map<string, Identifier>();
    for (const { identifiers } of requests) {
      const read = readIdentifiers(identifiers);
      for (const identifier of read.ok ? read.value : [])
        if (!this.profiles.recall(identifier)) asked.set(keyOf(identifier), identifier);
    }
    const found = asked.size === 0 ? new Map() : await this.cold.byIdentifiers([...asked.values()]);
    return {
      recall: (identifier) => this.profiles.recall(identifier) ?? found.get(keyOf(identifier)),
      findByIdentifier: (identifier) =>
        asked.has(keyOf(identifier))
          ? Promise.resolve(found.get(keyOf(identifier)))
          : this.profiles.findByIdentifier(identifier),
    };
  }
}
