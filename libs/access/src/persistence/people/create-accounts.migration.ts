import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People who sign in: their accounts, sessions and links, who they are elsewhere, and what failed of late. */
export class CreateAccounts1790000000330 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE account (
        id uuid CONSTRAINT account_pk PRIMARY KEY,
        email text NOT NULL CONSTRAINT account_email UNIQUE,
        name text NOT NULL,
        password_hash text,
        roles text[] NOT NULL,
        created_at timestamptz NOT NULL,
        password_changed_at timestamptz,
        last_sign_in_at timestamptz,
        disabled_at timestamptz
      )`);
    await runner.query(SESSIONS);
    await runner.query(LINKS);
    await runner.query(`
      CREATE TABLE sign_in_try (
        key text CONSTRAINT sign_in_try_pk PRIMARY KEY,
        failures integer NOT NULL,
        blocked_until timestamptz NOT NULL,
        at timestamptz NOT NULL
      );
      CREATE INDEX sign_in_try_at ON sign_in_try (at)`);
    await runner.query(`
      CREATE TABLE oidc_flow (
        digest text CONSTRAINT oidc_flow_pk PRIMARY KEY,
        provider text NOT NULL,
        state text NOT NULL,
        nonce text NOT NULL,
        verifier text NOT NULL,
        return_to text NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX oidc_flow_expires ON oidc_flow (expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE oidc_flow, sign_in_try, account_identity, account_link, account_session, account',
    );
  }
}

const SESSIONS = `
      CREATE TABLE account_session (
        id uuid CONSTRAINT account_session_pk PRIMARY KEY,
        digest text NOT NULL CONSTRAINT account_session_digest UNIQUE,
        account_id uuid NOT NULL CONSTRAINT account_session_account_fk REFERENCES account ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        address text NOT NULL,
        browser text NOT NULL,
        provider text,
        provider_subject text,
        provider_session text,
        id_token text
      );
      CREATE INDEX account_session_account ON account_session (account_id);
      CREATE INDEX account_session_provider ON account_session (provider, provider_subject)`;

const LINKS = `
      CREATE TABLE account_link (
        digest text CONSTRAINT account_link_pk PRIMARY KEY,
        account_id uuid NOT NULL CONSTRAINT account_link_account_fk REFERENCES account ON DELETE CASCADE,
        purpose text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX account_link_account ON account_link (account_id);
      CREATE TABLE account_identity (
        provider text NOT NULL,
        subject text NOT NULL,
        account_id uuid NOT NULL CONSTRAINT account_identity_account_fk REFERENCES account ON DELETE CASCADE,
        linked_at timestamptz NOT NULL,
        CONSTRAINT account_identity_pk PRIMARY KEY (provider, subject)
      );
      CREATE INDEX account_identity_account ON account_identity (account_id)`;
