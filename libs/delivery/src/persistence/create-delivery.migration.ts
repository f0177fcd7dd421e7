import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDelivery1790000000900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE delivery (
        id uuid PRIMARY KEY,
        idempotency_key text NOT NULL,
        profile_id uuid NOT NULL,
        channel text NOT NULL,
        class text NOT NULL,
        status text NOT NULL,
        reason text,
        offer text,
        treatment text,
        zone text,
        decision_id uuid,
        dialogue_id uuid,
        offer_token text,
        origin text NOT NULL,
        content json NOT NULL,
        data json NOT NULL,
        created_at timestamptz NOT NULL,
        send_at timestamptz NOT NULL,
        valid_until timestamptz,
        provider_id text,
        attempts integer NOT NULL
      );
      CREATE UNIQUE INDEX delivery_idempotency_key ON delivery (idempotency_key);
      CREATE INDEX delivery_profile ON delivery (profile_id, created_at);
      CREATE TABLE delivery_attempt (
        id uuid PRIMARY KEY,
        delivery_id uuid NOT NULL,
        number integer NOT NULL,
        connector text NOT NULL,
        action json NOT NULL,
        started_at timestamptz NOT NULL,
        finished_at timestamptz,
        outcome json
      );
      CREATE INDEX delivery_attempt_delivery ON delivery_attempt (delivery_id);
      CREATE TABLE outbound_pause (
        scope text NOT NULL,
        key text NOT NULL,
        paused_at timestamptz NOT NULL,
        PRIMARY KEY (scope, key)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE outbound_pause, delivery_attempt, delivery');
  }
}
