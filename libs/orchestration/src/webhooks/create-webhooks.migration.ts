import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateWebhooks1790000001170 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_endpoint (
        id uuid PRIMARY KEY,
        url text NOT NULL,
        description text NOT NULL,
        types text[] NOT NULL,
        ordered boolean NOT NULL,
        enabled boolean NOT NULL,
        disabled_reason text,
        failing_since timestamptz,
        keys json NOT NULL,
        version integer NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        lease_holder text,
        lease_until timestamptz
      );
      CREATE TABLE webhook_message (
        id uuid NOT NULL,
        endpoint_id uuid NOT NULL,
        type text NOT NULL,
        subject text NOT NULL,
        at timestamptz NOT NULL,
        body text NOT NULL,
        status text NOT NULL,
        tries integer NOT NULL,
        due_at timestamptz NOT NULL,
        PRIMARY KEY (id, endpoint_id)
      );
      CREATE INDEX webhook_message_due ON webhook_message (endpoint_id, due_at, id) WHERE status = 'waiting';
      CREATE INDEX webhook_message_line ON webhook_message (endpoint_id, subject, id) WHERE status = 'waiting';
      CREATE INDEX webhook_message_subject ON webhook_message (subject);
      CREATE INDEX webhook_message_age ON webhook_message (at);
      CREATE TABLE webhook_attempt (
        id uuid PRIMARY KEY,
        endpoint_id uuid NOT NULL,
        message_id uuid NOT NULL,
        at timestamptz NOT NULL,
        status integer,
        latency_ms integer NOT NULL,
        excerpt text NOT NULL,
        next_at timestamptz
      );
      CREATE INDEX webhook_attempt_message ON webhook_attempt (message_id);
      CREATE INDEX webhook_attempt_endpoint ON webhook_attempt (endpoint_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_attempt, webhook_message, webhook_endpoint');
  }
}
