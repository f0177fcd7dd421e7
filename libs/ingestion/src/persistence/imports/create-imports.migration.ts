import type { MigrationInterface, QueryRunner } from 'typeorm';
import { HoldRowsBack1790000000370 } from './held-rows.migration.js';

export class CreateImports1790000000360 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE import_job (
        id uuid PRIMARY KEY,
        spool uuid NOT NULL,
        source text NOT NULL,
        format text NOT NULL,
        mapping json NOT NULL,
        file_name text,
        feed text,
        digest text NOT NULL,
        bytes bigint NOT NULL,
        max_refused int NOT NULL,
        created_at timestamptz NOT NULL,
        started_at timestamptz,
        finished_at timestamptz,
        state text NOT NULL,
        reason text,
        reason_line bigint,
        file_kept boolean NOT NULL,
        worker uuid,
        lease_until timestamptz,
        place_offset bigint,
        place_line bigint,
        layout json,
        bytes_read bigint NOT NULL,
        accepted bigint NOT NULL,
        refused bigint NOT NULL,
        events bigint NOT NULL,
        known bigint NOT NULL,
        worked bigint NOT NULL
      );
      CREATE INDEX import_job_open ON import_job (spool, id) WHERE state IN ('queued', 'running');
      CREATE INDEX import_job_digest ON import_job (feed, digest) WHERE feed IS NOT NULL;
    `);
    await this.besides(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE import_feed, import_mapping, import_pending, import_key, import_refusal, import_job',
    );
  }

  private async besides(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE import_refusal (
        import_id uuid NOT NULL,
        line bigint NOT NULL,
        column_name text,
        reason text NOT NULL,
        raw text NOT NULL,
        PRIMARY KEY (import_id, line)
      );
      CREATE TABLE import_key (key uuid PRIMARY KEY);
      CREATE TABLE import_pending (
        id uuid PRIMARY KEY,
        received_at timestamptz NOT NULL,
        lane smallint NOT NULL
      ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
      CREATE TABLE import_mapping (
        key text PRIMARY KEY,
        mapping json NOT NULL,
        updated_at timestamptz NOT NULL
      );
      CREATE TABLE import_feed (
        key text PRIMARY KEY,
        folder text NOT NULL,
        pattern text NOT NULL,
        schedule text NOT NULL,
        source text NOT NULL,
        mapping json NOT NULL,
        enabled boolean NOT NULL,
        updated_at timestamptz NOT NULL,
        next_look_at timestamptz NOT NULL,
        last_look_at timestamptz,
        problem text
      );
    `);
  }
}

export const importMigrations = [CreateImports1790000000360, HoldRowsBack1790000000370];
