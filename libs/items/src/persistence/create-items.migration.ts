import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Items and their revision. */
export class CreateItems1790000000650 implements MigrationInterface {
  readonly name = 'CreateItems1790000000650';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE item (
        id text NOT NULL,
        doc jsonb,
        revision integer NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT item_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`CREATE INDEX item_revision ON item (revision)`);
    await runner.query(`
      CREATE TABLE item_state (
        id integer NOT NULL,
        revision integer NOT NULL,
        CONSTRAINT item_state_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`INSERT INTO item_state (id, revision) VALUES (1, 0)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE item_state`);
    await runner.query(`DROP TABLE item`);
  }
}
