import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What a source's server signs user tokens with. HMAC needs it in plain; it is shown once, when made. */
@Entity('signing_secret')
export class SigningSecret {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'signing_secret_pk' })
  id!: string;

  @Index('signing_secret_source')
  @Column('text')
  source!: string;

  @Column('text')
  secret!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;
}
