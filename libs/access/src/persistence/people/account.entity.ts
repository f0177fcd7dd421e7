import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Role } from '../../domain/index.js';

/** A person who works with the product. */
@Entity('account')
@Unique('account_email', ['email'])
export class Account {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_pk' })
  id!: string;

  /** Normalised. */
  @Column('text')
  email!: string;

  @Column('text')
  name!: string;

  /** argon2id in PHC form; null for who was only invited, or signs in elsewhere. */
  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash!: string | null;

  @Column('text', { array: true })
  roles!: Role[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'password_changed_at', nullable: true })
  passwordChangedAt!: Date | null;

  @Column('timestamptz', { name: 'last_sign_in_at', nullable: true })
  lastSignInAt!: Date | null;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;
}
