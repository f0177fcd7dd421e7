import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is counted of items. */
export class Recommendations1790000000660 implements MigrationInterface {
  readonly name = 'Recommendations1790000000660';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE item_signal (
        id uuid NOT NULL,
        signals json NOT NULL,
        CONSTRAINT item_signal_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`
      CREATE TABLE item_count (
        counter text NOT NULL,
        item text NOT NULL,
        level double precision NOT NULL,
        revision integer NOT NULL,
        CONSTRAINT item_count_pkey PRIMARY KEY (counter, item)
      )`);
    await runner.query(`CREATE INDEX item_count_revision ON item_count (revision)`);
    await runner.query(`
      CREATE TABLE item_pair (
        counter text NOT NULL,
        item text NOT NULL,
        other text NOT NULL,
        level double precision NOT NULL,
        CONSTRAINT item_pair_pkey PRIMARY KEY (counter, item, other)
      )`);
    await runner.query(`
      CREATE TABLE recommendation_state (
        id integer NOT NULL,
        revision integer NOT NULL,
        settings jsonb,
        version integer NOT NULL,
        CONSTRAINT recommendation_state_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`INSERT INTO recommendation_state (id, revision, version) VALUES (1, 0, 1)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE recommendation_state, item_pair, item_count, item_signal`);
  }
}
