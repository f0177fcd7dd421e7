import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How often one thing failed to sign in of late. */
@Entity('sign_in_try')
export class SignInTry {
  /** A hash: of an account's address, a network address, or a browser. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'sign_in_try_pk' })
  key!: string;

  @Column('integer')
  failures!: number;

  @Column('timestamptz', { name: 'blocked_until' })
  blockedUntil!: Date;

  @Index('sign_in_try_at')
  @Column('timestamptz')
  at!: Date;
}
