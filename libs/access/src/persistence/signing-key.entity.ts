import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One key of our own tokens. Kept for ever: links in old messages must open. */
@Entity('signing_key')
export class SigningKey {
  /** 1 to 65,535: part of every token. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'signing_key_pk' })
  id!: number;

  @Column('bytea')
  secret!: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** From then on it verifies only. */
  @Column('timestamptz', { name: 'retired_at', nullable: true })
  retiredAt!: Date | null;
}
