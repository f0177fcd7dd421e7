import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddCatalogueHistory1790000000830 implements MigrationInterface {
  readonly name = 'AddCatalogueHistory1790000000830';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE catalogue_history (
        kind text NOT NULL,
        key text NOT NULL,
        revision integer NOT NULL,
        doc jsonb,
        CONSTRAINT catalogue_history_pkey PRIMARY KEY (kind, key, revision)
      )`);
    await runner.query(`
      INSERT INTO catalogue_history (kind, key, revision, doc)
      SELECT kind, key, revision, doc FROM catalogue_entry`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE catalogue_history`);
  }
}
