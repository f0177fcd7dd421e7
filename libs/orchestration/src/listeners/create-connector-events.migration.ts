import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateConnectorEvents1790000001210 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE connector_event (
        connector text NOT NULL,
        id uuid NOT NULL,
        subject text NOT NULL,
        at timestamptz NOT NULL,
        event json NOT NULL,
        traceparent text,
        tries integer NOT NULL,
        due_at timestamptz NOT NULL,
        leased_until timestamptz,
        PRIMARY KEY (connector, id)
      );
      CREATE INDEX connector_event_due ON connector_event (connector, due_at, id);
      CREATE INDEX connector_event_line ON connector_event (connector, subject, id);
      CREATE INDEX connector_event_subject ON connector_event (subject);
      CREATE INDEX connector_event_age ON connector_event (at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE connector_event');
  }
}
