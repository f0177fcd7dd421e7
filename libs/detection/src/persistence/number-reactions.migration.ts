import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reactions know which configuration revision wrote them; 0: one before that was noted. */
export class NumberReactions1790000000980 implements MigrationInterface {
  readonly name = 'NumberReactions1790000000980';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE reaction ADD COLUMN version integer NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE reaction DROP COLUMN version');
  }
}
