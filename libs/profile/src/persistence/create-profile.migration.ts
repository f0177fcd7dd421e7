import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateProfile1790000000500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE profile (
        id uuid PRIMARY KEY,
        version bigint NOT NULL,
        merged_into uuid,
        record json NOT NULL
      ) WITH (fillfactor = 70);
      CREATE TABLE profile_order (
        profile_id uuid NOT NULL,
        order_id text NOT NULL,
        currency text NOT NULL,
        amount bigint,
        refunded bigint NOT NULL,
        cancelled boolean NOT NULL,
        at timestamptz NOT NULL,
        event_id text NOT NULL,
        PRIMARY KEY (profile_id, order_id)
      );
      CREATE TABLE timeline_entry (
        profile_id uuid NOT NULL,
        at timestamptz NOT NULL,
        id uuid NOT NULL,
        kind text NOT NULL,
        logged_at timestamptz,
        data json,
        PRIMARY KEY (profile_id, at, id)
      );
      CREATE INDEX timeline_entry_id ON timeline_entry (id);
      CREATE TABLE profile_change (
        seq bigint PRIMARY KEY,
        profile_ids uuid[] NOT NULL,
        changed_at timestamptz NOT NULL
      );
      CREATE INDEX profile_change_changed_at ON profile_change (changed_at);
      CREATE TABLE profile_change_counter (singleton boolean PRIMARY KEY, seq bigint NOT NULL);
      INSERT INTO profile_change_counter VALUES (true, 0);
      CREATE TABLE profile_reader (
        id uuid PRIMARY KEY,
        applied_seq bigint NOT NULL,
        expires_at timestamptz NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE profile_reader, profile_change_counter, profile_change, timeline_entry, profile_order, profile',
    );
  }
}
