import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What trusted sources say of people, what looks alike among it, and the models that say so. */
export class CreateMatching1790000000460 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE source_record (
        id uuid PRIMARY KEY,
        source text NOT NULL,
        key text NOT NULL,
        at timestamptz NOT NULL,
        stated json NOT NULL,
        standard json NOT NULL
      );
      CREATE UNIQUE INDEX source_record_key ON source_record (key, source);
      CREATE TABLE source_record_block (
        block text NOT NULL,
        record_id uuid NOT NULL,
        PRIMARY KEY (block, record_id)
      );
      CREATE INDEX source_record_block_record ON source_record_block (record_id);
      CREATE TABLE match_edge (
        id uuid PRIMARY KEY,
        record_a uuid NOT NULL,
        record_b uuid NOT NULL,
        a text NOT NULL,
        b text NOT NULL,
        rule text NOT NULL,
        weight double precision NOT NULL,
        score json NOT NULL,
        blocks text[] NOT NULL,
        model text NOT NULL,
        at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX match_edge_pair ON match_edge (record_a, record_b);
      CREATE INDEX match_edge_record_b ON match_edge (record_b);
      CREATE INDEX match_edge_a ON match_edge (a);
      CREATE INDEX match_edge_b ON match_edge (b);
      CREATE TABLE match_model (
        version text PRIMARY KEY,
        state text NOT NULL,
        model json NOT NULL,
        records bigint NOT NULL,
        preview json,
        created_at timestamptz NOT NULL,
        published_at timestamptz
      );
      CREATE UNIQUE INDEX match_model_published ON match_model (state) WHERE state = 'published';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE match_model, match_edge, source_record_block, source_record');
  }
}
