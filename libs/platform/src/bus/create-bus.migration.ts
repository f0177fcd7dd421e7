import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PARKED_SLOT, ROTATING_SLOTS, slotTable } from './slots.js';

export class CreateBus1790000000110 implements MigrationInterface {
  name = 'CreateBus1790000000110';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bus_message (
        id uuid NOT NULL,
        slot smallint NOT NULL,
        type text NOT NULL,
        event json NOT NULL,
        available_at timestamptz NOT NULL,
        leased_until timestamptz,
        lease uuid,
        attempts smallint NOT NULL DEFAULT 0,
        CONSTRAINT bus_message_pkey PRIMARY KEY (id, slot)
      ) PARTITION BY LIST (slot)`);
    await runner.query(
      `CREATE INDEX bus_message_due ON bus_message (type, available_at, id) WHERE lease IS NULL`,
    );
    await runner.query(
      `CREATE INDEX bus_message_leased ON bus_message (leased_until) WHERE lease IS NOT NULL`,
    );
    for (const slot of [PARKED_SLOT, ...ROTATING_SLOTS]) {
      // Rows never outgrow their page for long; vacuum by number of dead rows, not by share of a table that empties.
      await runner.query(
        `CREATE TABLE ${slotTable(slot)} PARTITION OF bus_message FOR VALUES IN (${slot})
         WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000)`,
      );
    }
    await runner.query(`
      CREATE TABLE dead_letter (
        id uuid NOT NULL,
        type text NOT NULL,
        event json NOT NULL,
        attempts smallint NOT NULL,
        cause text NOT NULL,
        reason text NOT NULL,
        failed_at timestamptz NOT NULL,
        replayed_at timestamptz,
        CONSTRAINT dead_letter_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`CREATE INDEX dead_letter_newest ON dead_letter (failed_at, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE dead_letter`);
    await runner.query(`DROP TABLE bus_message`);
  }
}
