import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDetection1790000000600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reaction (key text PRIMARY KEY, document json NOT NULL, updated_at timestamptz NOT NULL);
      CREATE TABLE reaction_timer (
        reaction text NOT NULL,
        profile_id uuid NOT NULL,
        event_id uuid NOT NULL,
        triggered_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL,
        traceparent text,
        PRIMARY KEY (reaction, profile_id)
      );
      CREATE INDEX reaction_timer_due_at ON reaction_timer (due_at);
      CREATE TABLE reaction_firing (
        reaction text NOT NULL,
        profile_id uuid NOT NULL,
        fired_at timestamptz NOT NULL,
        PRIMARY KEY (reaction, profile_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE reaction_firing, reaction_timer, reaction');
  }
}
