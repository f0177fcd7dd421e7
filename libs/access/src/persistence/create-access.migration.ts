import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys and their secrets, signing secrets of sources, the keyring of our own tokens. */
export class CreateAccess1790000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE access_key (
        id uuid CONSTRAINT access_key_pk PRIMARY KEY,
        kind text NOT NULL,
        name text NOT NULL,
        source text NOT NULL,
        scopes text[] NOT NULL,
        allowed_origins text[] NOT NULL,
        created_at timestamptz NOT NULL,
        revoked_at timestamptz,
        last_used_at timestamptz
      )`);
    await runner.query(`
      CREATE TABLE access_key_secret (
        digest text CONSTRAINT access_key_secret_pk PRIMARY KEY,
        key_id uuid NOT NULL CONSTRAINT access_key_secret_key_fk REFERENCES access_key ON DELETE CASCADE,
        write_key text,
        created_at timestamptz NOT NULL,
        expires_at timestamptz
      )`);
    await runner.query('CREATE INDEX access_key_secret_key ON access_key_secret (key_id)');
    await runner.query(`
      CREATE TABLE signing_secret (
        id uuid CONSTRAINT signing_secret_pk PRIMARY KEY,
        source text NOT NULL,
        secret text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz
      )`);
    await runner.query('CREATE INDEX signing_secret_source ON signing_secret (source)');
    await runner.query(`
      CREATE TABLE signing_key (
        id integer CONSTRAINT signing_key_pk PRIMARY KEY,
        secret bytea NOT NULL,
        created_at timestamptz NOT NULL,
        retired_at timestamptz
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE signing_key, signing_secret, access_key_secret, access_key');
  }
}
