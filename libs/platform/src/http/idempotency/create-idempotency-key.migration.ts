import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table behind the header `Idempotency-Key`. */
export class CreateIdempotencyKey1790000000120 implements MigrationInterface {
  readonly name = 'CreateIdempotencyKey1790000000120';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE "idempotency_key" (
        "caller" text NOT NULL,
        "key" text NOT NULL,
        "fingerprint" bytea NOT NULL,
        "claim" uuid NOT NULL,
        "leased_until" timestamptz NOT NULL,
        "expires_at" timestamptz NOT NULL,
        "status" smallint,
        "headers" jsonb,
        "body" bytea,
        CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("caller", "key")
      )`);
    await runner.query(`CREATE INDEX "idempotency_key_expires_at" ON "idempotency_key" ("expires_at")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "idempotency_key"`);
  }
}
