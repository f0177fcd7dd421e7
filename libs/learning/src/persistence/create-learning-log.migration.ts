import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each display was and what came of it, the ordered log of what learning was told, and where it stood. */
export class CreateLearningLog1790000000710 implements MigrationInterface {
  readonly name = 'CreateLearningLog1790000000710';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE learning_presentation (
        decision_id uuid NOT NULL,
        offer text NOT NULL,
        profile_id uuid,
        model text NOT NULL,
        features jsonb NOT NULL,
        control double precision NOT NULL,
        prior jsonb,
        credit double precision NOT NULL,
        weight double precision NOT NULL,
        told double precision,
        due_at timestamptz,
        CONSTRAINT learning_presentation_pkey PRIMARY KEY (decision_id, offer)
      ) WITH (fillfactor = 70)`);
    await runner.query(
      `CREATE INDEX learning_presentation_due ON learning_presentation (due_at) WHERE due_at IS NOT NULL`,
    );
    await runner.query(`CREATE INDEX learning_presentation_profile ON learning_presentation (profile_id)`);
    await runner.query(`
      CREATE TABLE learning_update (
        sequence bigint NOT NULL,
        at timestamptz NOT NULL,
        body jsonb NOT NULL,
        CONSTRAINT learning_update_pkey PRIMARY KEY (sequence)
      )`);
    await runner.query(`
      CREATE TABLE learning_head (
        id smallint NOT NULL,
        sequence bigint NOT NULL,
        CONSTRAINT learning_head_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`INSERT INTO learning_head (id, sequence) VALUES (1, 0)`);
    await runner.query(`
      CREATE TABLE learning_checkpoint (
        sequence bigint NOT NULL,
        version integer NOT NULL,
        state bytea NOT NULL,
        CONSTRAINT learning_checkpoint_pkey PRIMARY KEY (sequence, version)
      )`);
    await runner.query(`
      CREATE TABLE learning_objective (
        id smallint NOT NULL,
        document jsonb NOT NULL,
        CONSTRAINT learning_objective_pkey PRIMARY KEY (id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['objective', 'checkpoint', 'head', 'update', 'presentation'])
      await runner.query(`DROP TABLE learning_${table}`);
  }
}
