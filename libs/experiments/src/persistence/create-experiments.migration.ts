import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Experiments, their phases, who met them, and what came of it. */
export class CreateExperiments1790000000755 implements MigrationInterface {
  readonly name = 'CreateExperiments1790000000755';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE experiment (
        key text PRIMARY KEY,
        document json NOT NULL,
        version integer NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      );
      CREATE TABLE experiment_phase (
        experiment text NOT NULL,
        phase integer NOT NULL,
        document json NOT NULL,
        started_at timestamptz NOT NULL,
        stopped_at timestamptz,
        reason text,
        released text,
        PRIMARY KEY (experiment, phase)
      );
      CREATE TABLE experiment_exposure (
        experiment text NOT NULL,
        phase integer NOT NULL,
        unit text NOT NULL,
        variation text NOT NULL,
        first_at timestamptz NOT NULL,
        person uuid,
        profile_id uuid,
        anonymous_id text,
        before json,
        PRIMARY KEY (experiment, phase, unit)
      );
      CREATE INDEX experiment_exposure_person ON experiment_exposure (person);
      CREATE INDEX experiment_exposure_anonymous_id ON experiment_exposure (anonymous_id);
      CREATE TABLE experiment_outcome (
        experiment text NOT NULL,
        phase integer NOT NULL,
        metric text NOT NULL,
        person uuid NOT NULL,
        key text NOT NULL,
        value double precision NOT NULL,
        at timestamptz NOT NULL,
        event_id uuid NOT NULL,
        PRIMARY KEY (experiment, phase, metric, person, key)
      );
      CREATE INDEX experiment_outcome_person ON experiment_outcome (person);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE experiment_outcome, experiment_exposure, experiment_phase, experiment');
  }
}
