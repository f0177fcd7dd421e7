import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateClockOffset1790000000230 implements MigrationInterface {
  name = 'CreateClockOffset1790000000230';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE clock_offset (
        id smallint NOT NULL,
        ahead bigint NOT NULL,
        CONSTRAINT clock_offset_pkey PRIMARY KEY (id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE clock_offset`);
  }
}
