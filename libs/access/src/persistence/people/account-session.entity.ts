import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { Account } from './account.entity.js';

/** One browser in which a person is signed in. */
@Entity('account_session')
@Unique('account_session_digest', ['digest'])
@Index('account_session_provider', ['provider', 'providerSubject'])
export class AccountSession {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_session_pk' })
  id!: string;

  /** SHA-256 of the cookie's token, base64url. */
  @Column('text')
  digest!: string;

  @Index('account_session_account')
  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @ManyToOne(() => Account, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'account_session_account_fk' })
  account?: Account;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'last_seen_at' })
  lastSeenAt!: Date;

  /** From where and with what it was opened, for the person to recognise it. */
  @Column('text')
  address!: string;

  @Column('text')
  browser!: string;

  /** The OpenID provider that vouched for them, its name of them and of the session there, and its proof. */
  @Column('text', { nullable: true })
  provider!: string | null;

  @Column('text', { name: 'provider_subject', nullable: true })
  providerSubject!: string | null;

  @Column('text', { name: 'provider_session', nullable: true })
  providerSession!: string | null;

  @Column('text', { name: 'id_token', nullable: true })
  idToken!: string | null;
}
