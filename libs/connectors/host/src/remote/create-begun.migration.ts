import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateBegun1790000000950 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE connector_begun (
        attempt_id uuid PRIMARY KEY,
        connector text NOT NULL,
        begun_at timestamptz NOT NULL,
        outcome json
      );
      CREATE INDEX connector_begun_age ON connector_begun (begun_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE connector_begun');
  }
}
