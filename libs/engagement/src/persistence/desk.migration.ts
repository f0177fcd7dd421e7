import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What agents' desks watch: changes of calls and tasks, who looks at what, how shifts went. */
export class ServeDesks1790000001260 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE call ADD COLUMN change_id uuid, ADD COLUMN agent text;
      UPDATE call SET change_id = id, agent = state->'agent'->>'value';
      ALTER TABLE call ALTER COLUMN change_id SET NOT NULL;
      CREATE INDEX call_change ON call (change_id);
      CREATE INDEX call_agent ON call (agent, last_at);
      ALTER TABLE task ADD COLUMN change_id uuid;
      UPDATE task SET change_id = id;
      ALTER TABLE task ALTER COLUMN change_id SET NOT NULL;
      CREATE INDEX task_change ON task (change_id);
      ALTER TABLE agent_presence ADD COLUMN reason text, ADD COLUMN since timestamptz;
      CREATE TABLE agent_state (
        id uuid CONSTRAINT agent_state_pkey PRIMARY KEY,
        agent text NOT NULL,
        state text NOT NULL,
        reason text,
        at timestamptz NOT NULL
      );
      CREATE INDEX agent_state_at ON agent_state (at);
      CREATE TABLE task_viewer (
        task_id uuid NOT NULL,
        agent text NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT task_viewer_pkey PRIMARY KEY (task_id, agent)
      );
      CREATE TABLE desk_notice (
        id uuid CONSTRAINT desk_notice_pkey PRIMARY KEY,
        at timestamptz NOT NULL,
        by text NOT NULL,
        words text NOT NULL
      );
      CREATE INDEX desk_notice_at ON desk_notice (at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE desk_notice, task_viewer, agent_state;
      ALTER TABLE agent_presence DROP COLUMN reason, DROP COLUMN since;
      ALTER TABLE task DROP COLUMN change_id;
      ALTER TABLE call DROP COLUMN change_id, DROP COLUMN agent;
    `);
  }
}
