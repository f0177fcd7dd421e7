import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Identifiers that change hands, the evidence that links them, verdicts of people, and what waits for one. */
export class ExtendIdentityGraph1790000000450 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identifier ADD COLUMN since bigint;
      UPDATE identifier SET since = 0;
      ALTER TABLE identifier ALTER COLUMN since SET NOT NULL,
        ALTER COLUMN profile_id DROP NOT NULL,
        ALTER COLUMN origin_profile_id DROP NOT NULL,
        ADD COLUMN shared_at timestamptz,
        DROP CONSTRAINT identifier_pkey,
        ADD PRIMARY KEY (namespace, value, since);
      CREATE TABLE identity_link (
        a text NOT NULL,
        b text NOT NULL,
        rule text NOT NULL,
        first_at timestamptz NOT NULL,
        event_id uuid NOT NULL,
        PRIMARY KEY (a, b, rule)
      );
      CREATE INDEX identity_link_a ON identity_link (a, first_at);
      CREATE INDEX identity_link_b ON identity_link (b, first_at);
      CREATE TABLE sign_out (
        device text NOT NULL,
        at timestamptz NOT NULL,
        event_id uuid NOT NULL,
        PRIMARY KEY (device, at, event_id)
      );
      CREATE TABLE identity_verdict (
        id uuid PRIMARY KEY,
        a text NOT NULL,
        b text NOT NULL,
        a_key text NOT NULL,
        b_key text NOT NULL,
        verdict text NOT NULL,
        at timestamptz NOT NULL,
        actor text NOT NULL,
        reason text NOT NULL
      );
      CREATE INDEX identity_verdict_a_key ON identity_verdict (a_key);
      CREATE INDEX identity_verdict_b_key ON identity_verdict (b_key);
      CREATE TABLE match_review (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        a text NOT NULL,
        b text NOT NULL,
        weight double precision,
        detail json NOT NULL,
        created_at timestamptz NOT NULL,
        verdict text,
        decided_at timestamptz,
        decided_by text
      );
      CREATE UNIQUE INDEX match_review_pair ON match_review (kind, a, b);
      CREATE INDEX match_review_a ON match_review (a);
      CREATE INDEX match_review_b ON match_review (b);
      DROP TABLE refused_link;
    `);
    await runner.query(PAST_LINKS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE refused_link (
        profile_id uuid NOT NULL,
        namespace text NOT NULL,
        value text NOT NULL,
        reason text NOT NULL,
        event_id uuid NOT NULL,
        refused_at timestamptz NOT NULL,
        PRIMARY KEY (profile_id, namespace, value)
      );
      DROP TABLE match_review, identity_verdict, sign_out, identity_link;
      DELETE FROM identifier WHERE since <> 0 OR profile_id IS NULL;
      ALTER TABLE identifier DROP CONSTRAINT identifier_pkey, ADD PRIMARY KEY (namespace, value),
        DROP COLUMN since, DROP COLUMN shared_at,
        ALTER COLUMN profile_id SET NOT NULL, ALTER COLUMN origin_profile_id SET NOT NULL;
    `);
  }
}

/** What was put together before links were kept: each profile's identifiers hang on its strongest one. */
const PAST_LINKS = `
  INSERT INTO identity_link (a, b, rule, first_at, event_id)
  SELECT head.namespace || ':' || head.value, held.namespace || ':' || held.value,
    CASE WHEN held.verified AND head.verified OR held.namespace = 'anonymous_id' AND head.verified
      THEN 'event' ELSE 'claim' END,
    '1970-01-01T00:00:00Z', held.profile_id
  FROM (
    SELECT DISTINCT ON (profile_id) * FROM identifier
    ORDER BY profile_id, verified DESC, CASE namespace WHEN 'user_id' THEN 0 WHEN 'email' THEN 2 WHEN 'phone' THEN 3
      WHEN 'anonymous_id' THEN 4 ELSE 1 END, value
  ) head JOIN identifier held ON held.profile_id = head.profile_id
  WHERE (held.namespace, held.value) <> (head.namespace, head.value)
    AND (head.verified OR head.namespace = 'anonymous_id')`;
