import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts become lines of the update log; what they were so far is the first such line. */
export class CountInTheLog1790000000720 implements MigrationInterface {
  readonly name = 'CountInTheLog1790000000720';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE learning_evidence (
        id uuid NOT NULL,
        counts jsonb NOT NULL,
        CONSTRAINT learning_evidence_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`
      INSERT INTO learning_evidence (id, counts)
      SELECT '00000000-0000-7000-8000-000000000000',
             jsonb_agg(jsonb_build_array(offer, channel, stage, shown, positive) ORDER BY offer, channel, stage)
        FROM (SELECT offer, channel, stage, sum(shown) AS shown, sum(positive) AS positive
                FROM propensity_count GROUP BY offer, channel, stage) c
      HAVING count(*) > 0`);
    await runner.query(`DROP TABLE propensity_count`);
    // Where the log says all that decisions were made of: not before counts were in it.
    await runner.query(`ALTER TABLE learning_head ADD COLUMN recalled_from bigint NOT NULL DEFAULT 0`);
    await runner.query(`UPDATE learning_head SET recalled_from = sequence + 1 WHERE sequence > 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE learning_head DROP COLUMN recalled_from`);
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
    await runner.query(`DROP TABLE learning_evidence`);
  }
}
