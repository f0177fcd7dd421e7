import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A secret in its envelope. */
@Entity('vault_secret')
@Index('vault_secret_key', ['key_id'])
export class VaultSecretEntity {
  /** Whose: `connector/sms-twilio`. */
  @PrimaryColumn('text') owner!: string;
  /** Which: `authToken`. */
  @PrimaryColumn('text') name!: string;
  /** The master key its data key is wrapped by. */
  @Column('text') key_id!: string;
  @Column('bytea') wrapped!: Buffer;
  @Column('bytea') sealed!: Buffer;
}

/** The master key that secrets are sealed with now. There is one row. */
@Entity('vault_key')
export class VaultKeyEntity {
  @PrimaryColumn('integer') id!: number;
  @Column('text') key_id!: string;
}
