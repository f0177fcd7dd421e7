import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateStudies1790000000890 implements MigrationInterface {
  readonly name = 'CreateStudies1790000000890';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE decision_study (
        id uuid NOT NULL,
        kind text NOT NULL,
        state text NOT NULL,
        request json NOT NULL,
        revision integer NOT NULL,
        processed integer NOT NULL,
        total integer,
        result json,
        reason text,
        worker uuid,
        lease_until timestamptz,
        created_at timestamptz NOT NULL,
        finished_at timestamptz,
        CONSTRAINT decision_study_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`CREATE INDEX decision_study_created_at ON decision_study (created_at)`);
    await runner.query(`
      CREATE INDEX decision_study_open ON decision_study (id) WHERE state IN ('queued', 'running')`);
    await runner.query(`
      CREATE TABLE decision_study_change (
        study_id uuid NOT NULL,
        place integer NOT NULL,
        profile_id uuid,
        change json NOT NULL,
        CONSTRAINT decision_study_change_pkey PRIMARY KEY (study_id, place)
      )`);
    await runner.query(`CREATE INDEX decision_study_change_profile ON decision_study_change (profile_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE decision_study_change`);
    await runner.query(`DROP TABLE decision_study`);
  }
}
