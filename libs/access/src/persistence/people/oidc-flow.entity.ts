import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Somebody who went to an OpenID provider and has not come back yet. */
@Entity('oidc_flow')
export class OidcFlow {
  /** SHA-256 of the token in their cookie, base64url. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'oidc_flow_pk' })
  digest!: string;

  @Column('text')
  provider!: string;

  @Column('text')
  state!: string;

  @Column('text')
  nonce!: string;

  /** The PKCE code verifier (RFC 7636). */
  @Column('text')
  verifier!: string;

  @Column('text', { name: 'return_to' })
  returnTo!: string;

  @Index('oidc_flow_expires')
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
