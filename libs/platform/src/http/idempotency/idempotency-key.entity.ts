import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One request that came with an idempotency key, and what was answered. */
@Entity('idempotency_key')
export class IdempotencyKey {
  /** The caller's key, as access names it. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_key_pkey' })
  caller!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_key_pkey' })
  key!: string;

  /** SHA-256 of method, URL and body. */
  @Column('bytea')
  fingerprint!: Buffer;

  /** Names the run that may store the answer: a run that lost its lease cannot. */
  @Column('uuid')
  claim!: string;

  /** Until when the run counts as alive. */
  @Column('timestamptz', { name: 'leased_until' })
  leasedUntil!: Date;

  @Index('idempotency_key_expires_at')
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  /** Null while the request runs. */
  @Column('smallint', { nullable: true })
  status!: number | null;

  @Column('jsonb', { nullable: true })
  headers!: Record<string, string> | null;

  @Column('bytea', { nullable: true })
  body!: Buffer | null;
}
