import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events of imports that the tracking plan wants in quarantine: counted, and there once however often the file comes. */
export class HoldRowsBack1790000000370 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE import_job ADD COLUMN held bigint NOT NULL DEFAULT 0;
      ALTER TABLE quarantine ADD COLUMN import_key uuid;
      CREATE UNIQUE INDEX quarantine_import_key ON quarantine (import_key);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE quarantine DROP COLUMN import_key;
      ALTER TABLE import_job DROP COLUMN held;
    `);
  }
}
