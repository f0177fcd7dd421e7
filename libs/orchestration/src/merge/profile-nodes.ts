import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { GraphStore, IdentityPolicies, ProfileAliases } from '@repartee/identity';
import { type HeldRow, isClaim, isDevice, namespaceOf, policyOf, spanKey } from '@repartee/identity/domain';
import type { Transaction } from '@repartee/platform';
import type { ProfileBatch } from '@repartee/profile';

/** A living profile with what identity knows it by, the best first. */
export interface LockedProfile {
  profileId: string;
  /** Keys of nodes: proved identifiers and devices. */
  nodes: string[];
}

/** Finds profiles by their ids, whatever became of them, and locks them. */
@Injectable()
export class ProfileNodes {
  constructor(
    @Inject(GraphStore) private readonly graph: GraphStore,
    @Inject(ProfileAliases) private readonly aliases: ProfileAliases,
    @Inject(IdentityPolicies) private readonly policies: IdentityPolicies,
  ) {}

  /** @returns the living profiles behind the ids, each once */
  async lock(tx: Transaction, batch: ProfileBatch, ids: string[]): Promise<Result<LockedProfile[]>> {
    const survivors = await this.aliases.survivorsOf(tx, ids);
    const living = [...new Set(ids.map((id) => survivors.get(id) ?? id))];
    await batch.lock([...living].sort());
    for (const id of living) {
      batch.verifyLiving(id);
      if (batch.draft(id).version === 0)
        return fail(failure('PROFILE.NOT_FOUND', `Nobody is known by the id ${id}.`));
    }
    const rows = await this.graph.rowsOf(tx, living);
    return ok(living.map((profileId) => ({ profileId, nodes: this.best(rows, profileId) })));
  }

  private best(rows: HeldRow[], profileId: string): string[] {
    const priority = (row: HeldRow) => policyOf(namespaceOf(row.key), this.policies.all).priority;
    return rows
      .filter(
        (row) => row.profileId === profileId && !isClaim(row.key) && (row.verified || isDevice(row.key)),
      )
      .sort((a, b) => priority(a) - priority(b) || (a.key < b.key ? -1 : 1))
      .map((row) => spanKey(row.key, row.since));
  }
}
