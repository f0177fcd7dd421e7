import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMergeUndo1790000000560 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE profile_before_merge (
        survivor_id uuid NOT NULL,
        merged_id uuid NOT NULL,
        version_after bigint NOT NULL,
        record json NOT NULL,
        orders json NOT NULL,
        PRIMARY KEY (survivor_id, merged_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE profile_before_merge');
  }
}
