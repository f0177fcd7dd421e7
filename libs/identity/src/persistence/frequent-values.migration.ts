import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Takes out of models that were learned before what few people have: other people than one, nine at least, stay. Past
 * previews name people, some of whom may have been erased since.
 */
export class KeepFrequentValues1790000000490 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE match_model SET
        preview = (preview::jsonb || '{"examples": {"merges": [], "splits": []}}')::json,
        model = jsonb_set(model::jsonb, '{frequencies}', coalesce((
          SELECT jsonb_object_agg(slot, told || jsonb_build_object('counts', coalesce((
            SELECT jsonb_object_agg(value, n) FROM jsonb_each(told -> 'counts') AS c(value, n) WHERE n::float8 >= 9), '{}')))
          FROM jsonb_each(model::jsonb -> 'frequencies') AS s(slot, told)), '{}'))::json
    `);
  }

  /** What was taken out was nobody's business. */
  async down(): Promise<void> {}
}
