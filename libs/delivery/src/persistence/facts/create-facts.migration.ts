import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateFacts1790000000930 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE connector_fact (
        id uuid PRIMARY KEY,
        connector text NOT NULL,
        fact_id text NOT NULL,
        kind text NOT NULL,
        heard_at timestamptz NOT NULL,
        fact json,
        done_at timestamptz
      );
      CREATE UNIQUE INDEX connector_fact_once ON connector_fact (connector, fact_id);
      CREATE INDEX connector_fact_age ON connector_fact (heard_at);
      CREATE INDEX connector_fact_waiting ON connector_fact (id) WHERE done_at IS NULL;
      CREATE TABLE connector_poll (
        connector text PRIMARY KEY,
        cursor text,
        lease_holder text NOT NULL,
        lease_until timestamptz NOT NULL,
        succeeded_at timestamptz,
        failures integer NOT NULL,
        detail text
      );
      CREATE TABLE address_state (
        channel text NOT NULL,
        address text NOT NULL,
        state json NOT NULL,
        PRIMARY KEY (channel, address)
      );
      ALTER TABLE delivery ADD COLUMN progress text, ADD COLUMN receipts json, ADD COLUMN brand text,
        ADD COLUMN purpose text;
      CREATE INDEX delivery_provider ON delivery (provider_id) WHERE provider_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX delivery_provider;
      ALTER TABLE delivery DROP COLUMN progress, DROP COLUMN receipts, DROP COLUMN brand, DROP COLUMN purpose;
      DROP TABLE address_state, connector_poll, connector_fact;
    `);
  }
}
