import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateVault1790000000180 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE vault_secret (
        owner text NOT NULL,
        name text NOT NULL,
        key_id text NOT NULL,
        wrapped bytea NOT NULL,
        sealed bytea NOT NULL,
        PRIMARY KEY (owner, name)
      );
      CREATE INDEX vault_secret_key ON vault_secret (key_id);
      CREATE TABLE vault_key (id integer PRIMARY KEY, key_id text NOT NULL);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vault_secret, vault_key');
  }
}
