import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What responses add to the counts, until the learner writes it into the log. */
@Entity('learning_evidence')
export class LearningEvidence {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  /** `[offer, channel, stage, shown, positive]` each. */
  @Column({ type: 'jsonb' })
  counts!: unknown[];
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
