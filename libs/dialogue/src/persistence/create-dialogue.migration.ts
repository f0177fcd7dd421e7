import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CreateInboundReview1790000001030 } from './reviews/create-inbound-review.migration.js';

export class CreateDialogue1790000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE dialogue (
        id uuid PRIMARY KEY,
        profile_id uuid,
        anonymous_id text,
        opened_at timestamptz NOT NULL,
        last_turn_at timestamptz NOT NULL
      );
      CREATE INDEX dialogue_profile ON dialogue (profile_id, last_turn_at);
      CREATE TABLE dialogue_turn (
        dialogue_id uuid NOT NULL,
        id uuid NOT NULL,
        at timestamptz NOT NULL,
        speaker text NOT NULL,
        channel text NOT NULL,
        said json NOT NULL,
        PRIMARY KEY (dialogue_id, id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE dialogue_turn, dialogue');
  }
}

export const dialogueMigrations = [CreateDialogue1790000001000, CreateInboundReview1790000001030];
