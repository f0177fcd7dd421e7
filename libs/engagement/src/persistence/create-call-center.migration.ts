import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCallCenter1790000001200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE call (
        id uuid CONSTRAINT call_pkey PRIMARY KEY,
        source text NOT NULL,
        external_id text NOT NULL,
        state json NOT NULL,
        status text NOT NULL,
        queue text,
        number text,
        last_at timestamptz NOT NULL,
        hold_until timestamptz,
        profile_id uuid,
        candidates json NOT NULL,
        verified text NOT NULL,
        method text,
        identified_by text,
        identified_at timestamptz,
        dialogue_id uuid NOT NULL,
        task_id uuid,
        outcome text,
        outcome_at timestamptz,
        version integer NOT NULL
      );
      CREATE UNIQUE INDEX call_external ON call (source, external_id);
      CREATE INDEX call_profile ON call (profile_id, hold_until);
      CREATE INDEX call_number ON call (number);
      CREATE INDEX call_last ON call (last_at);
      CREATE INDEX call_ringing ON call (queue) WHERE status = 'ringing';
    `);
    await this.work(runner);
  }

  private async work(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE task (
        id uuid CONSTRAINT task_pkey PRIMARY KEY,
        queue text NOT NULL,
        kind text NOT NULL,
        subject text NOT NULL,
        priority integer NOT NULL,
        skills json NOT NULL,
        due_at timestamptz NOT NULL,
        state text NOT NULL,
        claimed_by text,
        claimed_at timestamptz,
        lease_until timestamptz,
        profile_id uuid,
        address text,
        dialogue_id uuid,
        call_id uuid,
        data json NOT NULL,
        attempts integer NOT NULL,
        created_at timestamptz NOT NULL,
        completed_at timestamptz,
        result text,
        origin text NOT NULL,
        version integer NOT NULL
      );
      CREATE UNIQUE INDEX task_origin ON task (origin);
      CREATE INDEX task_waiting ON task (queue, due_at) WHERE state = 'open';
      CREATE INDEX task_profile ON task (profile_id);
      CREATE INDEX task_address ON task (address);
      CREATE INDEX task_completed ON task (queue, completed_at);
      CREATE INDEX task_created ON task (created_at);
      CREATE TABLE agent_presence (
        agent text CONSTRAINT agent_presence_pkey PRIMARY KEY,
        state text NOT NULL,
        skills json NOT NULL,
        queues json NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX agent_presence_expires ON agent_presence (expires_at);
      CREATE TABLE call_center_settings (
        id integer CONSTRAINT call_center_settings_pkey PRIMARY KEY,
        version integer NOT NULL,
        document json NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE call_center_settings, agent_presence, task, call');
  }
}
