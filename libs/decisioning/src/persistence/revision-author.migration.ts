import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who applied a configuration. */
export class AddRevisionAuthor1790000000860 implements MigrationInterface {
  readonly name = 'AddRevisionAuthor1790000000860';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE configuration_revision ADD COLUMN applied_by text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE configuration_revision DROP COLUMN applied_by`);
  }
}
