import type { MigrationInterface, QueryRunner } from 'typeorm';

const SETTINGS = [
  'plan_cache_mode = force_generic_plan',
  'enable_seqscan = off',
  'enable_hashjoin = off',
  'enable_mergejoin = off',
];

/**
 * PostgreSQL planned two of the function's statements anew each time, a third of its time, as it takes a list of ten for
 * dearer than a list of one. One plan serves them all: counters and reservations are looked up by their keys, however
 * small their tables were when it was made.
 */
export class PlanCapsOnce1790000000930 implements MigrationInterface {
  readonly name = 'PlanCapsOnce1790000000930';

  async up(runner: QueryRunner): Promise<void> {
    for (const setting of SETTINGS)
      await runner.query(`ALTER FUNCTION reserve_caps(jsonb, timestamptz) SET ${setting}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER FUNCTION reserve_caps(jsonb, timestamptz) RESET ALL');
  }
}
