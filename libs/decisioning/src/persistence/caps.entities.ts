import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How much of one hard cap is held or confirmed: displays, or millionths of a currency. */
@Entity('cap_counter')
@Index('cap_counter_person', ['person'], { where: `person <> ''` })
export class CapCounter {
  @PrimaryColumn({ type: 'text' })
  cap!: string;

  /** Whose counter it is; empty where all people share one. */
  @PrimaryColumn({ type: 'text' })
  person!: string;

  /** What else it is a counter of: `day=2026-01-31`. */
  @PrimaryColumn({ type: 'text' })
  bucket!: string;

  @Column({ type: 'bigint' })
  used!: string;
}

/** What one offer of one decision took of one counter. */
@Entity('cap_reservation')
@Index('cap_reservation_held', ['cap', 'person', 'bucket', 'expiresAt'], { where: `status = 'held'` })
@Index('cap_reservation_person', ['person'], { where: `person <> ''` })
export class CapReservation {
  @PrimaryColumn({ name: 'decision_id', type: 'uuid' })
  decisionId!: string;

  @PrimaryColumn({ type: 'text' })
  offer!: string;

  @PrimaryColumn({ type: 'text' })
  cap!: string;

  @Column({ type: 'text' })
  person!: string;

  @Column({ type: 'text' })
  bucket!: string;

  @Column({ type: 'bigint' })
  amount!: string;

  /** The limit it was held to. */
  @Column({ type: 'bigint' })
  ceiling!: string;

  /** `held` until shown or sent, then `confirmed`; `released` when given back, `expired` when nobody was heard of. */
  @Column({ type: 'text' })
  status!: string;

  /** With `held`: from then on others may have it. */
  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;
}
