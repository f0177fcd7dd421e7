import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, Housekeeping, type Transaction } from '@repartee/platform';

/** What processes keep in memory of governance. */
export type RevisionName = 'sources' | 'classification' | 'erased' | 'standing';

/** Milliseconds between looks for what other processes changed. */
export const LOOK = 1000;

interface Follower {
  name: RevisionName;
  reload: () => Promise<void>;
  seen: number;
}

/** Tells the holders of snapshots when what they hold has changed, here or in another process. */
@Injectable()
export class Revisions implements OnApplicationBootstrap {
  private readonly followers: Follower[] = [];

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {}

  /** Calls `reload` after each change of what bears this name, and once at the start. */
  follow(name: RevisionName, reload: () => Promise<void>): void {
    this.followers.push({ name, reload, seen: -1 });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.look();
    this.housekeeping.every(LOOK, 'looking for changed rules', () => this.look());
  }

  /** Counts a change, in the transaction that makes it; this process takes note as soon as it is committed. */
  async bump(tx: Transaction, name: RevisionName): Promise<void> {
    await tx.query(
      `INSERT INTO governance_revision AS r (name, revision) VALUES ($1, 1)
       ON CONFLICT (name) DO UPDATE SET revision = r.revision + 1`,
      [name],
    );
  }

  /** Reads again what has changed. To be awaited after a change that the next answer must show. */
  async look(): Promise<void> {
    const rows = await this.database.query<{ name: string; revision: string }>(
      'SELECT name, revision FROM governance_revision',
    );
    const revisions = new Map(rows.map(({ name, revision }) => [name, Number(revision)]));
    for (const follower of this.followers) {
      const revision = revisions.get(follower.name) ?? 0;
      if (revision <= follower.seen) continue;
      await follower.reload();
      follower.seen = revision;
    }
  }
}
