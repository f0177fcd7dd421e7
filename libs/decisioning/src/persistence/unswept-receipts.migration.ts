import { alterPartitions } from '@repartee/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of the partitions there are; later ones are made so. */
const each = (change: string) => alterPartitions('decision_receipt', change);

/**
 * Receipts are added, and go with their month: to sweep and analyse each fifth and tenth that is added, wide as they are,
 * made decisions under hard caps wait for up to a quarter of a second. What is erased is swept as ever.
 */
export class LeaveReceiptsUnswept1790000000950 implements MigrationInterface {
  readonly name = 'LeaveReceiptsUnswept1790000000950';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      each(
        'SET (autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_threshold = 100000, autovacuum_analyze_scale_factor = 1)',
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      each(
        'RESET (autovacuum_vacuum_insert_threshold, autovacuum_analyze_threshold, autovacuum_analyze_scale_factor)',
      ),
    );
  }
}
