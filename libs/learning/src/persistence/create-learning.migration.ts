import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts, and the presentations they come from. */
export class CreateLearning1790000000700 implements MigrationInterface {
  readonly name = 'CreateLearning1790000000700';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE propensity_count (
        offer text NOT NULL,
        channel text NOT NULL,
        stage text NOT NULL,
        slot smallint NOT NULL,
        shown double precision NOT NULL,
        positive double precision NOT NULL,
        CONSTRAINT propensity_count_pkey PRIMARY KEY (offer, channel, stage, slot)
      ) WITH (fillfactor = 70)`);
    await runner.query(`
      CREATE TABLE presentation (
        decision_id uuid NOT NULL,
        offer text NOT NULL,
        credit double precision NOT NULL,
        previous double precision,
        CONSTRAINT presentation_pkey PRIMARY KEY (decision_id, offer)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE presentation`);
    await runner.query(`DROP TABLE propensity_count`);
  }
}
