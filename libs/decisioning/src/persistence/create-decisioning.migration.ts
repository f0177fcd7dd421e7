import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The catalogue, its revisions, and the receipts. */
export class CreateDecisioning1790000000800 implements MigrationInterface {
  readonly name = 'CreateDecisioning1790000000800';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE catalogue_entry (
        kind text NOT NULL,
        key text NOT NULL,
        doc jsonb NOT NULL,
        updated_at timestamptz NOT NULL,
        revision integer NOT NULL,
        CONSTRAINT catalogue_entry_pkey PRIMARY KEY (kind, key)
      )`);
    await runner.query(`
      CREATE TABLE configuration_revision (
        revision integer NOT NULL,
        applied_at timestamptz NOT NULL,
        CONSTRAINT configuration_revision_pkey PRIMARY KEY (revision)
      )`);
    await runner.query(`
      CREATE TABLE decision_receipt (
        id uuid NOT NULL,
        at timestamptz NOT NULL,
        profile_id uuid,
        receipt json NOT NULL,
        CONSTRAINT decision_receipt_pkey PRIMARY KEY (id, at)
      ) PARTITION BY RANGE (at)`);
    await runner.query(`CREATE INDEX decision_receipt_profile ON decision_receipt (profile_id, at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE decision_receipt`);
    await runner.query(`DROP TABLE configuration_revision`);
    await runner.query(`DROP TABLE catalogue_entry`);
  }
}
