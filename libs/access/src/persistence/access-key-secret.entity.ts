import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { AccessKey } from './access-key.entity.js';

/**
 * One secret of a key. Server and admin keys are stored as SHA-256 alone: they are 256 random bits,
 * so a slow hash would protect nothing more. Write keys are public and kept in plain beside it.
 */
@Entity('access_key_secret')
export class AccessKeySecret {
  /** SHA-256, base64url. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'access_key_secret_pk' })
  digest!: string;

  @Index('access_key_secret_key')
  @Column('uuid', { name: 'key_id' })
  keyId!: string;

  @ManyToOne(() => AccessKey, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'key_id', foreignKeyConstraintName: 'access_key_secret_key_fk' })
  key?: AccessKey;

  @Column('text', { name: 'write_key', nullable: true })
  writeKey!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;
}
