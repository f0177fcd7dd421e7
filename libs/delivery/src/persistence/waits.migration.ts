import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Attempts that were only told to come later count as no tries. */
export class Waits1790000000960 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE delivery ADD waits integer NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE delivery DROP waits');
  }
}
