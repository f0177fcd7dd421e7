import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity.js';

/** Who somebody is at an OpenID provider. */
@Entity('account_identity')
export class AccountIdentity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'account_identity_pk' })
  provider!: string;

  /** The provider's `sub`: it never changes, as addresses do. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'account_identity_pk' })
  subject!: string;

  @Index('account_identity_account')
  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @ManyToOne(() => Account, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'account_identity_account_fk' })
  account?: Account;

  @Column('timestamptz', { name: 'linked_at' })
  linkedAt!: Date;
}
