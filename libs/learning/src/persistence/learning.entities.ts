import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Displays and their yes in one stratum. A stratum is split over slots, so that writers of a busy offer do not queue for one row. */
@Entity('propensity_count')
export class PropensityCount {
  @PrimaryColumn({ type: 'text' })
  offer!: string;

  @PrimaryColumn({ type: 'text' })
  channel!: string;

  @PrimaryColumn({ type: 'text' })
  stage!: string;

  @PrimaryColumn({ type: 'smallint' })
  slot!: number;

  @Column({ type: 'double precision' })
  shown!: number;

  @Column({ type: 'double precision' })
  positive!: number;
}

/** What came of one display of one offer, so that no display counts as two. */
@Entity('presentation')
export class Presentation {
  @PrimaryColumn({ name: 'decision_id', type: 'uuid' })
  decisionId!: string;

  @PrimaryColumn({ type: 'text' })
  offer!: string;

  /** Of its best response. */
  @Column({ type: 'double precision' })
  credit!: number;

  /** What `credit` was before the last response; null after the first. */
  @Column({ type: 'double precision', nullable: true })
  previous!: number | null;
}
