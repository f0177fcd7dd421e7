import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateProcesses1790000000990 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE connector_process (
        connector text NOT NULL,
        process uuid NOT NULL,
        seen_at timestamptz NOT NULL,
        PRIMARY KEY (connector, process)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE connector_process');
  }
}
