import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is in which segment, and the walk through all profiles that finds out. */
export class AddSegments1790000000940 implements MigrationInterface {
  readonly name = 'AddSegments1790000000940';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE segment_member (
        profile_id uuid NOT NULL,
        segment text NOT NULL,
        entered_at timestamptz NOT NULL,
        PRIMARY KEY (profile_id, segment)
      );
      CREATE INDEX segment_member_segment ON segment_member (segment, profile_id);
      CREATE TABLE segment_walk (
        id smallint PRIMARY KEY,
        revision bigint NOT NULL,
        complete bigint NOT NULL,
        after_id uuid,
        done bigint NOT NULL,
        total bigint NOT NULL,
        started_at timestamptz,
        finished_at timestamptz
      );
      INSERT INTO segment_walk (id, revision, complete, done, total) VALUES (1, 0, 0, 0, 0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE segment_walk, segment_member');
  }
}
