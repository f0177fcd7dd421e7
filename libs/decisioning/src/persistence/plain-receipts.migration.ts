import { alterPartitions } from '@repartee/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of the partitions there are; later ones are made so. */
const each = (change: string) => alterPartitions('decision_receipt', change);

/** Receipts lie in their rows as they are: to compress them took nearly half of PostgreSQL's time for them. */
export class StorePlainReceipts1790000000900 implements MigrationInterface {
  readonly name = 'StorePlainReceipts1790000000900';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE decision_receipt ALTER COLUMN receipt SET STORAGE EXTERNAL');
    await runner.query(each('SET (toast_tuple_target = 8160)'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(each('RESET (toast_tuple_target)'));
    await runner.query('ALTER TABLE decision_receipt ALTER COLUMN receipt SET STORAGE EXTENDED');
  }
}
