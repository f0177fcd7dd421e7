import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A kiosk that an administrator let in. */
@Entity('device')
export class DeviceEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'device_pkey' }) id!: string;
  @Column('text') name!: string;
  @Column('text') place!: string;
  @Column('text', { array: true }) zones!: string[];
  @Column('text') source!: string;
  @Column('integer') idle_seconds!: number;
  @Column('text') approved_by!: string;
  @Column('timestamptz') created_at!: Date;
  @Column('timestamptz', { nullable: true }) last_seen_at!: Date | null;
  @Column('json', { nullable: true }) health!: unknown;
  @Column('timestamptz', { nullable: true }) revoked_at!: Date | null;
  @Column('text', { nullable: true }) revoked_by!: string | null;
}

/** What a device shows to be let in; SHA-256 only. Replaced ones are kept to notice who shows them again. */
@Entity('device_credential')
@Index('device_credential_device', ['device_id'])
export class DeviceCredentialEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'device_credential_pkey' }) digest!: string;
  @Column('uuid') device_id!: string;
  @Column('timestamptz') created_at!: Date;
  @Column('timestamptz', { nullable: true }) used_at!: Date | null;
  @Column('timestamptz', { nullable: true }) replaced_at!: Date | null;
}

/** A kiosk that waits for somebody to type its code; gone after minutes. */
@Entity('device_pairing')
@Index('device_pairing_poll', ['poll_digest'], { unique: true })
@Index('device_pairing_expires', ['expires_at'])
export class DevicePairingEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'device_pairing_pkey' }) code!: string;
  @Column('text') poll_digest!: string;
  @Column('text') asked_from!: string;
  @Column('timestamptz') expires_at!: Date;
  @Column('uuid', { nullable: true }) device_id!: string | null;
}

export const deviceEntities = [DeviceEntity, DeviceCredentialEntity, DevicePairingEntity];
