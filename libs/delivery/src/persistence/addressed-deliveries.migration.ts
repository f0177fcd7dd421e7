import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages that may go to one address alone. */
export class AddressedDeliveries1790000000970 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE delivery ADD COLUMN address text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE delivery DROP COLUMN address');
  }
}
