import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDevices1790000001180 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE device (
        id uuid CONSTRAINT device_pkey PRIMARY KEY,
        name text NOT NULL,
        place text NOT NULL,
        zones text[] NOT NULL,
        source text NOT NULL,
        idle_seconds integer NOT NULL,
        approved_by text NOT NULL,
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz,
        revoked_at timestamptz,
        revoked_by text
      );
      CREATE TABLE device_credential (
        digest text CONSTRAINT device_credential_pkey PRIMARY KEY,
        device_id uuid NOT NULL,
        created_at timestamptz NOT NULL,
        used_at timestamptz,
        replaced_at timestamptz
      );
      CREATE INDEX device_credential_device ON device_credential (device_id);
      CREATE TABLE device_pairing (
        code text CONSTRAINT device_pairing_pkey PRIMARY KEY,
        poll_digest text NOT NULL,
        asked_from text NOT NULL,
        expires_at timestamptz NOT NULL,
        device_id uuid
      );
      CREATE UNIQUE INDEX device_pairing_poll ON device_pairing (poll_digest);
      CREATE INDEX device_pairing_expires ON device_pairing (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE device_pairing, device_credential, device');
  }
}
