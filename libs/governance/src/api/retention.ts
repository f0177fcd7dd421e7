import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Result } from '@repartee/contracts';
import { Clock, Database, Housekeeping, Metrics } from '@repartee/platform';
import { type Cutoff, cutoffs, type RetentionDocument, retentionSchema } from '../domain/index.js';
import { GovernanceDocuments } from '../persistence/governance-documents.js';
import { RetainedData } from './retained.js';

const HOUR = 3_600_000;
/** Records a statement removes. */
const BATCH = 2000;
/** Milliseconds of rest after a batch, so that retention never crowds out the work of the day. */
const REST = 50;

/** What a rule would end now. */
export interface RetentionFinding extends Omit<Cutoff, 'before'> {
  before: string;
  records: number;
}

/** Ends what rules say was kept long enough, in batches, in the background. */
@Injectable()
export class Retention implements OnModuleInit {
  private readonly logger = new Logger(Retention.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(GovernanceDocuments) private readonly documents: GovernanceDocuments,
    @Inject(RetainedData) private readonly data: RetainedData,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(HOUR, 'ending what was kept long enough', () => this.enforce());
  }

  async read(): Promise<{ document: RetentionDocument; version: number }> {
    const { document, version } = await this.documents.read('retention');
    return { document: retentionSchema.parse(document), version };
  }

  replace(document: RetentionDocument, version: number): Promise<Result<number>> {
    return this.database.transaction((tx) => this.documents.replace(tx, 'retention', document, version));
  }

  /** What rules would end now: those in force, or others that somebody thinks of. Changes nothing. */
  async report(document?: RetentionDocument): Promise<RetentionFinding[]> {
    const rules = document ?? (await this.read()).document;
    const findings: RetentionFinding[] = [];
    for (const cutoff of cutoffs(rules, this.clock.now())) {
      const records = (await this.data.of(cutoff.kind)?.count(cutoff)) ?? 0;
      findings.push({ ...cutoff, before: cutoff.before.toISOString(), records });
    }
    return findings;
  }

  /** Ends what is too old by the rules in force. One rule that fails does not keep the others from their work. */
  async enforce(): Promise<void> {
    const { document } = await this.read();
    for (const cutoff of cutoffs(document, this.clock.now())) {
      try {
        await this.apply(cutoff);
      } catch (error) {
        this.logger.warn(
          `the rule of retention “${cutoff.rule}” failed and is tried again: ${String(error)}`,
        );
      }
    }
  }

  private async apply(cutoff: Cutoff): Promise<void> {
    const retained = this.data.of(cutoff.kind);
    for (let removed = BATCH; retained && removed >= BATCH;) {
      removed = await retained.remove(cutoff, BATCH);
      this.metrics
        .counter('repartee_retention_ended_total', 'Records that were kept long enough', ['kind'])
        .inc({ kind: cutoff.kind }, removed);
      if (removed >= BATCH) await new Promise((resolve) => setTimeout(resolve, REST));
    }
  }
}
