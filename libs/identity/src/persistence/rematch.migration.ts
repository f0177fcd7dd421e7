import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the records have been compared again by a model that was published. */
export class AddRematch1790000000480 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE match_model ADD COLUMN rematch_after uuid, ADD COLUMN rematched_at timestamptz',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE match_model DROP COLUMN rematch_after, DROP COLUMN rematched_at');
  }
}
