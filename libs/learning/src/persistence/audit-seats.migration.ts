import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the audit log knows of seats that changed hands. */
export class AuditSeats1790000000740 implements MigrationInterface {
  readonly name = 'AuditSeats1790000000740';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE learning_head ADD COLUMN audited bigint NOT NULL DEFAULT 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE learning_head DROP COLUMN audited`);
  }
}
