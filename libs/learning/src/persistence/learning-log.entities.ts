import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One display of one offer, what learning needs to know of it, and what came of it. */
@Entity('learning_presentation')
@Index('learning_presentation_due', ['dueAt'], { where: 'due_at IS NOT NULL' })
export class LearningPresentation {
  @PrimaryColumn({ name: 'decision_id', type: 'uuid' })
  decisionId!: string;

  @PrimaryColumn({ type: 'text' })
  offer!: string;

  /** Whose it is; the log that is made of it does not say. */
  @Index('learning_presentation_profile')
  @Column({ name: 'profile_id', type: 'uuid', nullable: true })
  profileId!: string | null;

  @Column({ type: 'text' })
  model!: string;

  @Column({ type: 'jsonb' })
  features!: Record<string, unknown>;

  /** What the control predicted. */
  @Column({ type: 'double precision' })
  control!: number;

  @Column({ type: 'jsonb', nullable: true })
  prior!: Record<string, unknown> | null;

  /** Of its best response so far. */
  @Column({ type: 'double precision' })
  credit!: number;

  /** How surely a person, not a machine, gave that response. */
  @Column({ type: 'double precision' })
  weight!: number;

  /** When the offer was shown. */
  @Column({ name: 'shown_at', type: 'timestamptz', nullable: true })
  shownAt!: Date | null;

  /** What is to come of it later, as the objective was when it was first heard of. */
  @Column({ type: 'jsonb', nullable: true })
  later!: Record<string, unknown> | null;

  /** When that is judged; null when there is nothing to judge, or it was. */
  @Index('learning_presentation_judged', { where: 'judged_at IS NOT NULL' })
  @Column({ name: 'judged_at', type: 'timestamptz', nullable: true })
  judgedAt!: Date | null;

  /** What came of it later, as a part of a yes. */
  @Column({ type: 'double precision', default: 0 })
  earned!: number;

  /** The credit that learning was told of; null while it has heard nothing. */
  @Column({ type: 'double precision', nullable: true })
  told!: number | null;

  /** When learning is to be told; null when there is nothing to tell. */
  @Column({ name: 'due_at', type: 'timestamptz', nullable: true })
  dueAt!: Date | null;
}

/** One line of the update log. Written by one process at a time, in order, without gaps. */
@Entity('learning_update')
export class LearningUpdateRow {
  @PrimaryColumn({ type: 'bigint' })
  sequence!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ type: 'jsonb' })
  body!: Record<string, unknown>;
}

/** The last line of the log; whoever holds this row is the learner. */
@Entity('learning_head')
export class LearningHead {
  @PrimaryColumn({ type: 'smallint' })
  id!: number;

  @Column({ type: 'bigint' })
  sequence!: string;

  /** The first place in the log whose state can be had again. */
  @Column({ name: 'recalled_from', type: 'bigint', default: 0 })
  recalledFrom!: string;

  /** The last place in the log at which a seat changed hands and the audit log says so. */
  @Column({ type: 'bigint', default: 0 })
  audited!: string;
}

/** What had been learned at one place in the log. */
@Entity('learning_checkpoint')
export class LearningCheckpoint {
  @PrimaryColumn({ type: 'bigint' })
  sequence!: string;

  @PrimaryColumn({ type: 'integer' })
  version!: number;

  @Column({ type: 'bytea' })
  state!: Buffer;
}

/** What revenue counts as a whole yes, per currency: see `RevenueScale`. */
@Entity('learning_revenue')
export class LearningRevenue {
  @PrimaryColumn({ type: 'text' })
  currency!: string;

  @Column({ type: 'double precision' })
  count!: number;

  @Column({ type: 'double precision' })
  mean!: number;

  @Column({ type: 'double precision' })
  squares!: number;
}

/** What offers are to bring about. */
@Entity('learning_objective')
export class LearningObjective {
  @PrimaryColumn({ type: 'smallint' })
  id!: number;

  @Column({ type: 'jsonb' })
  document!: Record<string, unknown>;
}
