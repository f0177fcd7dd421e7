import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { fail, failure, ok, type Outcome, type Result } from '@repartee/contracts';
import { AuditLog } from '@repartee/governance';
import { Clock, CONFIG, type Config, Database, Housekeeping } from '@repartee/platform';
import { Ledger } from './persistence/ledger.js';
import { Settlements } from './settlements.js';

const MINUTE = 60_000;
const BATCH = 200;

/** How a delivery ends of which nobody knows what became of it. */
export type Verdict = 'accepted' | 'rejected';

/** Deliveries of which nobody knows what became of them: counted, and decided by a person or a stated policy. */
@Injectable()
export class UnknownDeliveries implements OnApplicationBootstrap {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Settlements) private readonly settlements: Settlements,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(CONFIG) private readonly config: Pick<Config, 'unknownDeliveries'>,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const policy = this.config.unknownDeliveries;
    if (policy === null) return;
    this.housekeeping.every(MINUTE, 'deciding on unknown deliveries', () => this.decide(policy));
  }

  /** Decides on one, as somebody found out or takes it upon them. In the audit log. */
  async resolve(
    id: string,
    { verdict, actor, reason }: { verdict: Verdict; actor: string; reason: string },
  ): Promise<Result<void>> {
    return this.database.transaction(async (tx): Promise<Result<void>> => {
      const delivery = await this.ledger.lock(tx, id);
      if (!delivery) return fail(failure('DELIVERY.NOT_FOUND', 'No delivery has this id.'));
      if (delivery.status !== 'unknown')
        return fail(failure('DELIVERY.NOT_UNKNOWN', `The delivery is ${delivery.status}.`));
      await this.settlements.evidence(tx, { deliveryId: id }, { outcome: OUTCOMES[verdict], by: reason });
      const detail = { delivery: id, outcome: verdict, reason };
      const at = this.clock.now();
      await this.audit.record(tx, [{ actor, action: 'change', subject: delivery.profileId, detail, at }]);
      return ok(undefined);
    });
  }

  private async decide({ verdict, after }: { verdict: Verdict; after: number }): Promise<void> {
    const old = await this.ledger.unknownSince(new Date(this.clock.now() - after), BATCH);
    const reason = 'stated policy DELIVERY_UNKNOWN';
    for (const id of old) await this.resolve(id, { verdict, actor: 'system', reason });
  }
}

const OUTCOMES: Readonly<Record<Verdict, Outcome>> = {
  accepted: { status: 'accepted' },
  rejected: { status: 'rejected', code: 'DELIVERY.RESOLVED', retryable: false },
};
