import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddEventInbox1790000000350 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Uncompressed: rows live for seconds, and compressing them would cost more than writing them.
    await runner.query(`
      CREATE TABLE event_inbox (
        id uuid PRIMARY KEY,
        received_at timestamptz NOT NULL,
        size integer NOT NULL,
        events text NOT NULL
      ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
      ALTER TABLE event_inbox ALTER COLUMN events SET STORAGE EXTERNAL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE event_inbox`);
  }
}
