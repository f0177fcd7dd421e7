import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { KeyKind } from '../domain/index.js';

/** One key. Its secrets are apart, as rotation gives it several. */
@Entity('access_key')
export class AccessKey {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'access_key_pk' })
  id!: string;

  @Column('text')
  kind!: KeyKind;

  @Column('text')
  name!: string;

  @Column('text')
  source!: string;

  @Column('text', { array: true })
  scopes!: string[];

  @Column('text', { name: 'allowed_origins', array: true })
  allowedOrigins!: string[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;

  /** To the minute or so: written in passing, for people who wonder whether a key is still in use. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;
}
