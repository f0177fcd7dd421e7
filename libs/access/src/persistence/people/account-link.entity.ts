import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity.js';

export const LINK_PURPOSES = ['invitation', 'reset'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** A link with which somebody sets their password, once. */
@Entity('account_link')
export class AccountLink {
  /** SHA-256 of the link's token, base64url. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'account_link_pk' })
  digest!: string;

  @Index('account_link_account')
  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @ManyToOne(() => Account, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'account_link_account_fk' })
  account?: Account;

  @Column('text')
  purpose!: LinkPurpose;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
