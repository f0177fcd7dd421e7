import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateConnectorSettings1790000000970 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE connector_settings (
        connector text PRIMARY KEY,
        settings json NOT NULL,
        version integer NOT NULL,
        updated_at timestamptz NOT NULL,
        updated_by text NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE connector_settings');
  }
}
