import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A long look at decisions that might be made, or might have been: how far it is, and what it found. */
@Entity('decision_study')
@Index('decision_study_open', ['id'], { where: `state IN ('queued', 'running')` })
export class DecisionStudy {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  /** `simulation` or `evaluation`. */
  @Column({ type: 'text' })
  kind!: string;

  @Column({ type: 'text' })
  state!: string;

  /** As it was asked for; it names no person. */
  @Column({ type: 'json' })
  request!: object;

  /** The configuration that was in force when it was asked for. */
  @Column({ type: 'integer' })
  revision!: number;

  /** How many people or decisions it has looked at, and how many there are to look at, once that is known. */
  @Column({ type: 'integer' })
  processed!: number;

  @Column({ type: 'integer', nullable: true })
  total!: number | null;

  @Column({ type: 'json', nullable: true })
  result!: object | null;

  /** Why it failed. */
  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  /** Who works on it, and until when that is believed. */
  @Column({ type: 'uuid', nullable: true })
  worker!: string | null;

  @Column({ name: 'lease_until', type: 'timestamptz', nullable: true })
  leaseUntil!: Date | null;

  @Index('decision_study_created_at')
  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;
}

/** One person whose answer a study found changed; an example, not all of them. */
@Entity('decision_study_change')
export class DecisionStudyChange {
  @PrimaryColumn({ name: 'study_id', type: 'uuid' })
  studyId!: string;

  @PrimaryColumn({ type: 'integer' })
  place!: number;

  @Index('decision_study_change_profile')
  @Column({ name: 'profile_id', type: 'uuid', nullable: true })
  profileId!: string | null;

  @Column({ type: 'json' })
  change!: object;
}
