import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateInboundReview1790000001030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE inbound_review (
        id uuid PRIMARY KEY,
        at timestamptz NOT NULL,
        connector text NOT NULL,
        channel text NOT NULL,
        address text NOT NULL,
        sender text,
        profile_id uuid,
        dialogue_id uuid,
        text text NOT NULL,
        media json NOT NULL,
        looks_like_refusal boolean NOT NULL,
        state text NOT NULL,
        decided_at timestamptz,
        decided_by text
      );
      CREATE INDEX inbound_review_open ON inbound_review (id) WHERE state = 'open';
      CREATE INDEX inbound_review_at ON inbound_review (at);
      CREATE INDEX inbound_review_profile ON inbound_review (profile_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE inbound_review');
  }
}
