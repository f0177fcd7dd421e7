import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTraitDefinitions1790000000550 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE profile_change_counter ADD COLUMN book_revision bigint NOT NULL DEFAULT 0;
      ALTER TABLE profile_change_counter ALTER COLUMN book_revision DROP DEFAULT;
      CREATE TABLE trait_definition (
        kind text NOT NULL,
        key text NOT NULL,
        document json NOT NULL,
        revision bigint NOT NULL,
        PRIMARY KEY (kind, key)
      );
      CREATE TABLE trait_replay (
        revision bigint PRIMARY KEY,
        started_at timestamptz NOT NULL,
        finished_at timestamptz,
        superseded boolean NOT NULL,
        after_id uuid,
        done bigint NOT NULL,
        total bigint NOT NULL
      );
      CREATE TABLE trait_replay_backlog (profile_id uuid PRIMARY KEY);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE trait_replay_backlog, trait_replay, trait_definition;
      ALTER TABLE profile_change_counter DROP COLUMN book_revision;
    `);
  }
}
