import { Inject, Injectable } from '@nestjs/common';
import { type AuditAction, AuditLog } from '@repartee/governance';
import { IdentityResolver, type NewVerdict, VerdictStore } from '@repartee/identity';
import type { Resolution } from '@repartee/identity/domain';
import type { Transaction } from '@repartee/platform';
import { GoldenRecords, type ProfileBatch } from '@repartee/profile';
import { ApplyResolution } from '../process-event/apply-resolution.js';

/** Who says what of whom, and why. */
export interface Saying {
  verdicts: readonly Omit<NewVerdict, 'actor' | 'reason' | 'at'>[];
  /** Identifiers that are to leave their profile. */
  leaving?: readonly string[];
  actor: string;
  reason: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** Lets a person's word change who is who: keeps it for ever, works the graph out anew, and lets records follow. */
@Injectable()
export class Verdicts {
  constructor(
    @Inject(VerdictStore) private readonly store: VerdictStore,
    @Inject(IdentityResolver) private readonly resolver: IdentityResolver,
    @Inject(GoldenRecords) private readonly records: GoldenRecords,
    @Inject(ApplyResolution) private readonly resolutions: ApplyResolution,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /** To be called before the transaction begins. */
  prepare(): Promise<void> {
    return this.audit.prepare();
  }

  /** Applies a saying to locked records; {@link commit} must follow. */
  async say(tx: Transaction, batch: ProfileBatch, saying: Saying): Promise<Resolution> {
    const { verdicts, leaving = [], actor, reason, at } = saying;
    await this.store.add(
      tx,
      verdicts.map((verdict) => ({ ...verdict, actor, reason, at })),
    );
    const keys = [...new Set(verdicts.flatMap(({ a, b }) => [a, b]))];
    const resolution = await this.resolver.rework(tx, keys, (ids) => batch.lock(ids), leaving);
    await this.resolutions.apply(tx, batch, resolution, { undoable: true });
    return resolution;
  }

  /** Writes the records, and who changed them. The transaction's last step. */
  async commit(tx: Transaction, batch: ProfileBatch, resolution: Resolution, saying: Saying): Promise<void> {
    const { actor, reason, at } = saying;
    const changes: { action: AuditAction; subject: string; detail: Record<string, unknown> }[] = [
      ...resolution.merges.map(({ survivor, merged }) => ({
        action: 'merge' as const,
        subject: survivor,
        detail: { merged, reason },
      })),
      ...resolution.partings.map(({ from, to }) => ({
        action: 'split' as const,
        subject: from,
        detail: { to, reason },
      })),
    ];
    await this.audit.record(
      tx,
      changes.map((change) => ({ ...change, actor, at })),
    );
    await this.records.close(tx, batch);
  }
}
