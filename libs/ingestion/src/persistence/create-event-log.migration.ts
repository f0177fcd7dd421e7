import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LANES } from '../domain/lane.js';
import { AddHeldEvents1790000000380 } from './held-events.migration.js';
import { AddEventInbox1790000000350 } from './add-event-inbox.migration.js';
import { importMigrations } from './imports/create-imports.migration.js';

export class CreateEventLog1790000000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE event_log (
        received_at timestamptz NOT NULL,
        id uuid NOT NULL,
        lane smallint NOT NULL,
        source text NOT NULL,
        message_id text NOT NULL,
        type text NOT NULL,
        name text,
        occurred_at timestamptz NOT NULL,
        verified boolean NOT NULL,
        traceparent text,
        payload json NOT NULL,
        PRIMARY KEY (received_at, id)
      ) PARTITION BY RANGE (received_at);
      CREATE TABLE event_dedup (
        source text NOT NULL,
        message_id text NOT NULL,
        event_id uuid NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (source, message_id)
      );
      CREATE INDEX event_dedup_received_at ON event_dedup USING brin (received_at);
      CREATE TABLE event_pending (
        id uuid PRIMARY KEY,
        received_at timestamptz NOT NULL,
        lane smallint NOT NULL
      ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
      CREATE TABLE lane_worker (
        id uuid PRIMARY KEY,
        expires_at timestamptz NOT NULL,
        fenced boolean NOT NULL
      );
      CREATE TABLE lane (lane smallint PRIMARY KEY, worker uuid);
      CREATE TABLE quarantine (
        id uuid PRIMARY KEY,
        received_at timestamptz NOT NULL,
        source text NOT NULL,
        code text NOT NULL,
        errors json NOT NULL,
        body text NOT NULL,
        verified boolean NOT NULL,
        replayed_at timestamptz
      );
      CREATE INDEX quarantine_received_at ON quarantine (received_at, id);
    `);
    await runner.query(`INSERT INTO lane (lane) SELECT generate_series(0, $1 - 1)`, [LANES]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE quarantine, lane, lane_worker, event_pending, event_dedup, event_log`);
  }
}

export const ingestionMigrations = [
  CreateEventLog1790000000300,
  AddEventInbox1790000000350,
  ...importMigrations,
  AddHeldEvents1790000000380,
];
