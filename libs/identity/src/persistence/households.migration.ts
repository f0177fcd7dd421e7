import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The household that a record speaks of. */
export class AddHouseholds1790000000470 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE source_record ADD COLUMN household text, ADD COLUMN declared_household text;
      CREATE INDEX source_record_household ON source_record (household);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX source_record_household;
      ALTER TABLE source_record DROP COLUMN household, DROP COLUMN declared_household;
    `);
  }
}
