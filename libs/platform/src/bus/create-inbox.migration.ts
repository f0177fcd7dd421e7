import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateInbox1790000000160 implements MigrationInterface {
  name = 'CreateInbox1790000000160';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bus_inbox (
        message_id uuid NOT NULL,
        part smallint NOT NULL,
        handled_at timestamptz NOT NULL,
        CONSTRAINT bus_inbox_pkey PRIMARY KEY (message_id, part)
      )`);
    await runner.query(`CREATE INDEX bus_inbox_oldest ON bus_inbox (handled_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE bus_inbox`);
  }
}
