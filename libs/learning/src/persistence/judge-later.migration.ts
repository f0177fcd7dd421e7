import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What comes of a display long after it, and what revenue is a whole yes. */
export class JudgeLater1790000000730 implements MigrationInterface {
  readonly name = 'JudgeLater1790000000730';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE learning_presentation
        ADD COLUMN shown_at timestamptz,
        ADD COLUMN later jsonb,
        ADD COLUMN judged_at timestamptz,
        ADD COLUMN earned double precision NOT NULL DEFAULT 0`);
    await runner.query(
      `CREATE INDEX learning_presentation_judged ON learning_presentation (judged_at) WHERE judged_at IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE learning_revenue (
        currency text NOT NULL,
        count double precision NOT NULL,
        mean double precision NOT NULL,
        squares double precision NOT NULL,
        CONSTRAINT learning_revenue_pkey PRIMARY KEY (currency)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE learning_revenue`);
    await runner.query(`
      ALTER TABLE learning_presentation DROP COLUMN shown_at, DROP COLUMN later, DROP COLUMN judged_at, DROP COLUMN earned`);
  }
}
