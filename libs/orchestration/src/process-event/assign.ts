import { Inject, Injectable } from '@nestjs/common';
import { IdentityResolver, ProfileAliases } from '@repartee/identity';
import type { Resolution } from '@repartee/identity/domain';
import type { LoggedEvent } from '@repartee/ingestion/domain';
import { newId, type Transaction } from '@repartee/platform';
import type { ProfileBatch } from '@repartee/profile';
import { identityEventOf, statedProfile } from './identity-event.js';

/** An event with the living profile it belongs to. */
export interface AssignedEvent {
  event: LoggedEvent;
  profileId: string;
}

/** Says whose events are. */
@Injectable()
export class Assign {
  constructor(
    @Inject(IdentityResolver) private readonly resolver: IdentityResolver,
    @Inject(ProfileAliases) private readonly aliases: ProfileAliases,
  ) {}

  /**
   * Says whose each event is, and locks the records of all who are concerned. An event nobody can be found for (every
   * identifier is a placeholder) gets a profile of its own.
   */
  async assign(
    tx: Transaction,
    events: LoggedEvent[],
    batch: ProfileBatch,
  ): Promise<{ assigned: AssignedEvent[]; resolution: Resolution }> {
    const stated = events.map(statedProfile);
    const open = events.filter((_, index) => stated[index] === undefined);
    const said = await this.living(
      tx,
      stated.filter((id) => id !== undefined),
    );
    const resolution = await this.resolver.resolve(tx, open.map(identityEventOf), (ids) =>
      batch.lock([...new Set([...ids, ...said.values()])].sort()),
    );
    await batch.lock([...new Set(said.values())].sort());
    for (const id of said.values()) batch.verifyLiving(id);
    batch.rely(resolution.relied);
    const survivors = new Map(resolution.merges.map(({ merged, survivor }) => [merged, survivor]));
    let next = 0;
    const assigned = events.map((event, index): AssignedEvent => {
      const own = stated[index];
      const id = own === undefined ? resolution.owners[next++] : said.get(own);
      return { event, profileId: id === undefined ? newId() : (survivors.get(id) ?? id) };
    });
    return { assigned, resolution };
  }

  /** Each id with the living profile behind it. */
  private async living(tx: Transaction, ids: string[]): Promise<Map<string, string>> {
    const survivors = await this.aliases.survivorsOf(tx, [...new Set(ids)]);
    return new Map(ids.map((id) => [id, survivors.get(id) ?? id]));
  }
}
