import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddTimelineVersion1790000000585 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE timeline_entry ADD COLUMN version bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE timeline_entry DROP COLUMN version');
  }
}
