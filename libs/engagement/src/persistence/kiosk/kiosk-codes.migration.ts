import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What visitors prove, and what they take along. */
export class KioskCodes1790000001240 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE device ADD COLUMN health json;
      ALTER TABLE kiosk_visit ADD COLUMN proved text;
      ALTER TABLE kiosk_hand_over ADD COLUMN carried json;
      CREATE TABLE kiosk_code (
        id uuid CONSTRAINT kiosk_code_pkey PRIMARY KEY,
        visit_id uuid NOT NULL,
        device_id uuid NOT NULL,
        phone_digest text NOT NULL,
        digest text NOT NULL,
        tries_left integer NOT NULL,
        sent_at timestamptz NOT NULL
      );
      CREATE INDEX kiosk_code_visit ON kiosk_code (visit_id, sent_at);
      CREATE INDEX kiosk_code_phone ON kiosk_code (phone_digest, sent_at);
      CREATE INDEX kiosk_code_device ON kiosk_code (device_id, sent_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE kiosk_code;
      ALTER TABLE kiosk_hand_over DROP COLUMN carried;
      ALTER TABLE kiosk_visit DROP COLUMN proved;
      ALTER TABLE device DROP COLUMN health;
    `);
  }
}
