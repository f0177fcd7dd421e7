import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Who stands before a kiosk now. Ending the visit deletes the row: nothing ties the device to the visitor any more. */
@Entity('kiosk_visit')
@Index('kiosk_visit_visitor', ['anonymous_id'])
@Index('kiosk_visit_active', ['idle_at'])
export class KioskVisitEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'kiosk_visit_pkey' }) device_id!: string;
  @Column('uuid') id!: string;
  @Column('text') anonymous_id!: string;
  @Column('text') begun_by!: string;
  @Column('timestamptz') begun_at!: Date;
  @Column('timestamptz') idle_at!: Date;
  @Column('text', { nullable: true }) proved!: string | null;
}

/** A one-time code that carries a visit from a kiosk to a phone; SHA-256 only. */
@Entity('kiosk_hand_over')
@Index('kiosk_hand_over_visit', ['visit_id'], { unique: true })
@Index('kiosk_hand_over_expires', ['expires_at'])
export class KioskHandOverEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'kiosk_hand_over_pkey' }) digest!: string;
  @Column('uuid') visit_id!: string;
  @Column('timestamptz') expires_at!: Date;
  @Column('json', { nullable: true }) carried!: unknown;
}

/** A code that was sent to a visitor's number; the number and the code by SHA-256 only. Kept for an hour, to count. */
@Entity('kiosk_code')
@Index('kiosk_code_visit', ['visit_id', 'sent_at'])
@Index('kiosk_code_phone', ['phone_digest', 'sent_at'])
@Index('kiosk_code_device', ['device_id', 'sent_at'])
export class KioskCodeEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'kiosk_code_pkey' }) id!: string;
  @Column('uuid') visit_id!: string;
  @Column('uuid') device_id!: string;
  @Column('text') phone_digest!: string;
  @Column('text') digest!: string;
  @Column('integer') tries_left!: number;
  @Column('timestamptz') sent_at!: Date;
}

export const kioskEntities = [KioskVisitEntity, KioskHandOverEntity, KioskCodeEntity];
