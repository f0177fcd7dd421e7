import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Records that are to be filed and compared again. All that are there already are among them: some are filed under keys
 * that are no longer made.
 */
export class AddRematchBacklog1790000000500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rematch_backlog (record_id uuid PRIMARY KEY);
      INSERT INTO rematch_backlog SELECT id FROM source_record;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE rematch_backlog');
  }
}
