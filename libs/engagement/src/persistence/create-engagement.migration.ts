import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CreateDevices1790000001180 } from './devices/create-devices.migration.js';
import { CreateKiosk1790000001190 } from './kiosk/create-kiosk.migration.js';
import { KioskCodes1790000001240 } from './kiosk/kiosk-codes.migration.js';
import { ServeDesks1790000001260 } from './desk.migration.js';
import { CreateCallCenter1790000001200 } from './create-call-center.migration.js';

export class CreateEngagement1790000001100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE session_offer (
        id uuid CONSTRAINT session_offer_pkey PRIMARY KEY,
        profile_id uuid NOT NULL,
        expires_at timestamptz,
        body json NOT NULL
      );
      CREATE INDEX session_offer_profile ON session_offer (profile_id, id);
      CREATE TABLE session_presence (
        anonymous_id text NOT NULL,
        process_id uuid NOT NULL,
        user_id text,
        expires_at timestamptz NOT NULL,
        CONSTRAINT session_presence_pkey PRIMARY KEY (anonymous_id, process_id)
      );
      CREATE INDEX session_presence_expires ON session_presence (expires_at);
      CREATE TABLE spent_ticket (
        id uuid CONSTRAINT spent_ticket_pkey PRIMARY KEY,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX spent_ticket_expires ON spent_ticket (expires_at);
      CREATE TABLE push_subscription (
        id uuid CONSTRAINT push_subscription_pkey PRIMARY KEY,
        anonymous_id text NOT NULL,
        user_id text,
        source text NOT NULL,
        endpoint text NOT NULL,
        p256dh text NOT NULL,
        auth text NOT NULL,
        created_at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX push_subscription_endpoint ON push_subscription (endpoint);
      CREATE INDEX push_subscription_visitor ON push_subscription (anonymous_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE push_subscription, spent_ticket, session_presence, session_offer');
  }
}

export const engagementMigrations = [
  CreateEngagement1790000001100,
  CreateDevices1790000001180,
  CreateKiosk1790000001190,
  CreateCallCenter1790000001200,
  KioskCodes1790000001240,
  ServeDesks1790000001260,
];
