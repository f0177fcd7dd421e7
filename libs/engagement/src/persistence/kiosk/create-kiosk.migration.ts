import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateKiosk1790000001190 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE kiosk_visit (
        device_id uuid CONSTRAINT kiosk_visit_pkey PRIMARY KEY,
        id uuid NOT NULL,
        anonymous_id text NOT NULL,
        begun_by text NOT NULL,
        begun_at timestamptz NOT NULL,
        idle_at timestamptz NOT NULL
      );
      CREATE INDEX kiosk_visit_visitor ON kiosk_visit (anonymous_id);
      CREATE INDEX kiosk_visit_active ON kiosk_visit (idle_at);
      CREATE TABLE kiosk_hand_over (
        digest text CONSTRAINT kiosk_hand_over_pkey PRIMARY KEY,
        visit_id uuid NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX kiosk_hand_over_visit ON kiosk_hand_over (visit_id);
      CREATE INDEX kiosk_hand_over_expires ON kiosk_hand_over (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE kiosk_hand_over, kiosk_visit');
  }
}
