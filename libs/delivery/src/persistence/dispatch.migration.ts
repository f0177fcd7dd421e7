import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The ledger becomes the queue: what is due is found in it, fairly, and what has been open for too long too. */
export class Dispatch1790000000910 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE delivery ADD queue text, ADD due_at timestamptz, ADD traceparent text;
      UPDATE delivery SET queue = channel, due_at = send_at;
      ALTER TABLE delivery ALTER queue SET NOT NULL, ALTER due_at SET NOT NULL;
      CREATE INDEX delivery_due ON delivery (queue, class, origin, due_at, id) WHERE status = 'planned';
      CREATE INDEX delivery_unknown ON delivery (id) WHERE status = 'unknown';
      ALTER TABLE delivery_attempt ADD look_at timestamptz, ADD looks integer NOT NULL DEFAULT 0;
      UPDATE delivery_attempt SET look_at = started_at WHERE finished_at IS NULL;
      CREATE INDEX delivery_attempt_look ON delivery_attempt (look_at) WHERE look_at IS NOT NULL;
      CREATE INDEX delivery_attempt_open ON delivery_attempt (connector) WHERE finished_at IS NULL;
    `);
    // Messages that only said that a delivery is due: nobody waits for them any more.
    await runner.query(`
      DO $$ BEGIN
        IF to_regclass('bus_message') IS NOT NULL THEN DELETE FROM bus_message WHERE type = 'delivery.due'; END IF;
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX delivery_attempt_open;
      DROP INDEX delivery_attempt_look;
      ALTER TABLE delivery_attempt DROP looks, DROP look_at;
      DROP INDEX delivery_unknown;
      DROP INDEX delivery_due;
      ALTER TABLE delivery DROP traceparent, DROP due_at, DROP queue;
    `);
  }
}
