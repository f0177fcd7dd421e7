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
}

/** A one-time code that carries a visit from a kiosk to a phone; SHA-256 only. */
@Entity('kiosk_hand_over')
@Index('kiosk_hand_over_visit', ['visit_id'], { unique: true })
@Index('kiosk_hand_over_expires', ['expires_at'])
export class KioskHandOverEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'kiosk_hand_over_pkey' }) digest!: string;
  @Column('uuid') visit_id!: string;
  @Column('timestamptz') expires_at!: Date;
}

export const kioskEntities = [KioskVisitEntity, KioskHandOverEntity];
