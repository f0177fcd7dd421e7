import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far fields were taken out of events. */
export class CreateRetentionProgress1790000000260 implements MigrationInterface {
  readonly name = 'CreateRetentionProgress1790000000260';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE retention_progress (rule text PRIMARY KEY, done_until timestamptz NOT NULL, after_id uuid NOT NULL)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE retention_progress');
  }
}
