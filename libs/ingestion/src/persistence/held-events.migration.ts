import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events that are kept and must not be processed for the time being. */
export class AddHeldEvents1790000000380 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE event_held (
        id uuid PRIMARY KEY,
        received_at timestamptz NOT NULL,
        lane smallint NOT NULL,
        profile_id uuid NOT NULL
      );
      CREATE INDEX event_held_profile_id ON event_held (profile_id);
      ALTER TABLE event_pending ADD COLUMN late boolean NOT NULL DEFAULT false;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE event_pending DROP COLUMN late; DROP TABLE event_held');
  }
}
