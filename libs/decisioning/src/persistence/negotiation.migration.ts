import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddNegotiations1790000000870 implements MigrationInterface {
  readonly name = 'AddNegotiations1790000000870';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE offer_negotiation (
        decision_id uuid NOT NULL,
        offer text NOT NULL,
        number integer NOT NULL,
        negotiation_id text NOT NULL,
        agent text NOT NULL,
        terms json NOT NULL,
        cost bigint NOT NULL,
        status text NOT NULL,
        profile_id uuid,
        at timestamptz NOT NULL,
        CONSTRAINT offer_negotiation_pkey PRIMARY KEY (decision_id, offer, number)
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX offer_negotiation_asked ON offer_negotiation (decision_id, offer, negotiation_id)`);
    await runner.query(`CREATE INDEX offer_negotiation_profile ON offer_negotiation (profile_id)`);
    await runner.query(`CREATE INDEX offer_negotiation_at ON offer_negotiation (at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE offer_negotiation`);
  }
}
