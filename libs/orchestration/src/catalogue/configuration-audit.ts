import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '@repartee/governance';
import { Clock, type Transaction } from '@repartee/platform';

/** Notes who changed what decides. */
@Injectable()
export class ConfigurationAudit {
  constructor(
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** To be called before the transaction begins. */
  prepare(): Promise<void> {
    return this.audit.prepare();
  }

  /** @param subject what was changed, as `offer/ten-off` */
  record(tx: Transaction, actor: string, subject: string, detail: Record<string, unknown>): Promise<void> {
    return this.audit.record(tx, [{ actor, action: 'configure', subject, detail, at: this.clock.now() }]);
  }
}
