import type { MigrationInterface, QueryRunner } from 'typeorm';
import { KeepFrequentValues1790000000490 } from './frequent-values.migration.js';
import { AddRematchBacklog1790000000500 } from './rematch-backlog.migration.js';
import { AddRematch1790000000480 } from './rematch.migration.js';
import { AddHouseholds1790000000470 } from './households.migration.js';
import { CreateMatching1790000000460 } from './matching.migration.js';
import { ExtendIdentityGraph1790000000450 } from './identity-graph.migration.js';

export class CreateIdentity1790000000400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE identifier (
        namespace text NOT NULL,
        value text NOT NULL,
        profile_id uuid NOT NULL,
        verified boolean NOT NULL,
        origin_profile_id uuid NOT NULL,
        PRIMARY KEY (namespace, value)
      );
      CREATE INDEX identifier_profile_id ON identifier (profile_id);
      CREATE TABLE profile_alias (merged_id uuid PRIMARY KEY, survivor_id uuid NOT NULL);
      CREATE INDEX profile_alias_survivor_id ON profile_alias (survivor_id);
      CREATE TABLE profile_merge (
        merged_id uuid NOT NULL,
        event_id uuid NOT NULL,
        survivor_id uuid NOT NULL,
        rule text NOT NULL,
        merged_at timestamptz NOT NULL,
        PRIMARY KEY (merged_id, event_id)
      );
      CREATE INDEX profile_merge_survivor_id ON profile_merge (survivor_id);
      CREATE TABLE refused_link (
        profile_id uuid NOT NULL,
        namespace text NOT NULL,
        value text NOT NULL,
        reason text NOT NULL,
        event_id uuid NOT NULL,
        refused_at timestamptz NOT NULL,
        PRIMARY KEY (profile_id, namespace, value)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE refused_link, profile_merge, profile_alias, identifier');
  }
}

export const identityMigrations = [
  CreateIdentity1790000000400,
  ExtendIdentityGraph1790000000450,
  CreateMatching1790000000460,
  AddHouseholds1790000000470,
  AddRematch1790000000480,
  KeepFrequentValues1790000000490,
  AddRematchBacklog1790000000500,
];
