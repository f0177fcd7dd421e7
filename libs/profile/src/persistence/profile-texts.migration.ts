import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateProfileTexts1790000000570 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE profile_search (profile_id uuid PRIMARY KEY, text text NOT NULL);
      CREATE INDEX profile_order_order_id ON profile_order (order_id);
      CREATE TABLE profile_edit (profile_id uuid PRIMARY KEY, version bigint NOT NULL, at timestamptz NOT NULL);
      CREATE TABLE timeline_text (
        event_id uuid NOT NULL,
        part smallint NOT NULL,
        kind text NOT NULL,
        text text NOT NULL,
        words tsvector NOT NULL,
        PRIMARY KEY (event_id, part)
      );
      CREATE TABLE entity_hint (
        id uuid PRIMARY KEY,
        event_id uuid NOT NULL,
        namespace text NOT NULL,
        value text NOT NULL,
        excerpt text NOT NULL,
        state text NOT NULL,
        found_at timestamptz NOT NULL,
        decided_at timestamptz,
        decided_by text
      );
      CREATE UNIQUE INDEX entity_hint_found ON entity_hint (event_id, namespace, value);
      CREATE INDEX entity_hint_state ON entity_hint (state, id);
      CREATE INDEX entity_hint_value ON entity_hint (namespace, value);
    `);
    // Where the extension is not to be had, names cannot be searched; everything else works.
    await runner.query(`
      DO $$ BEGIN
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE INDEX profile_search_text ON profile_search USING gin (text gin_trgm_ops);
      EXCEPTION WHEN OTHERS THEN
        RAISE NOTICE 'pg_trgm is not available: %', SQLERRM;
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE entity_hint, timeline_text, profile_edit, profile_search;
      DROP INDEX profile_order_order_id;
    `);
  }
}
