import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CreateRetentionProgress1790000000260 } from './retention-progress.migration.js';

/** Sources, rules for data, what people asked for, and who saw what. */
export class CreateGovernance1790000000250 implements MigrationInterface {
  readonly name = 'CreateGovernance1790000000250';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE source (
        key text PRIMARY KEY,
        name text NOT NULL,
        trust_rank smallint NOT NULL,
        party text NOT NULL,
        expected_every integer,
        tracking_plan json,
        version integer NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        last_event_at timestamptz
      );
      CREATE TABLE governance_document (
        name text PRIMARY KEY,
        document json NOT NULL,
        version integer NOT NULL,
        updated_at timestamptz NOT NULL
      );
      CREATE TABLE governance_revision (name text PRIMARY KEY, revision bigint NOT NULL);
      CREATE TABLE governance_secret (id integer PRIMARY KEY, secret bytea NOT NULL);
    `);
    await runner.query(PEOPLE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE audit_entry, privacy_step, privacy_request, person_standing, do_not_contact,
      governance_secret, governance_revision, governance_document, source`);
  }
}

const PEOPLE = `
      CREATE TABLE do_not_contact (
        hash text PRIMARY KEY,
        reason text NOT NULL,
        added_at timestamptz NOT NULL
      );
      CREATE INDEX do_not_contact_erased ON do_not_contact (added_at) WHERE reason = 'erased';
      CREATE TABLE person_standing (
        profile_id uuid PRIMARY KEY,
        restricted boolean NOT NULL,
        objections text[] NOT NULL,
        updated_at timestamptz NOT NULL
      );
      CREATE TABLE privacy_request (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        subject text NOT NULL,
        profile_id uuid,
        scope text,
        lifted boolean NOT NULL,
        status text NOT NULL,
        requested_by text NOT NULL,
        requested_at timestamptz NOT NULL,
        completed_at timestamptz,
        next_at timestamptz,
        attempts integer NOT NULL,
        round smallint NOT NULL,
        work json
      );
      CREATE INDEX privacy_request_open ON privacy_request (next_at) WHERE next_at IS NOT NULL;
      CREATE INDEX privacy_request_subject ON privacy_request (subject);
      CREATE TABLE privacy_step (
        request_id uuid NOT NULL,
        scope text NOT NULL,
        status text NOT NULL,
        records integer NOT NULL,
        detail text,
        at timestamptz NOT NULL,
        PRIMARY KEY (request_id, scope)
      );
      CREATE TABLE audit_entry (
        at timestamptz NOT NULL,
        id uuid NOT NULL,
        actor text NOT NULL,
        action text NOT NULL,
        subject text NOT NULL,
        detail json,
        PRIMARY KEY (at, id)
      ) PARTITION BY RANGE (at);
      CREATE INDEX audit_entry_subject ON audit_entry (subject, at);
`;

export const governanceMigrations = [CreateGovernance1790000000250, CreateRetentionProgress1790000000260];
