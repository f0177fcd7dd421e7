import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Receipts number the offers of a roster that is kept once for all of them. */
export class AddOfferRosters1790000000910 implements MigrationInterface {
  readonly name = 'AddOfferRosters1790000000910';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE offer_roster (
        name text NOT NULL,
        offers json NOT NULL,
        CONSTRAINT offer_roster_pkey PRIMARY KEY (name)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE offer_roster');
  }
}
