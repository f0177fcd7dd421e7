import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An experiment as it was declared last. */
@Entity('experiment')
export class ExperimentEntity {
  @PrimaryColumn('text') key!: string;
  @Column('json') document!: unknown;
  @Column('integer') version!: number;
  @Column('timestamptz') created_at!: Date;
  @Column('timestamptz') updated_at!: Date;
}

/** From one start to the next stop, with the document it ran by. */
@Entity('experiment_phase')
export class ExperimentPhaseEntity {
  @PrimaryColumn('text') experiment!: string;
  @PrimaryColumn('integer') phase!: number;
  @Column('json') document!: unknown;
  @Column('timestamptz') started_at!: Date;
  @Column('timestamptz', { nullable: true }) stopped_at!: Date | null;
  @Column('text', { nullable: true }) reason!: string | null;
  /** The variation that everybody gets since then. */
  @Column('text', { nullable: true }) released!: string | null;
}

/** The first time somebody met what an experiment is about. */
@Entity('experiment_exposure')
@Index('experiment_exposure_person', ['person'])
@Index('experiment_exposure_anonymous_id', ['anonymous_id'])
export class ExperimentExposureEntity {
  @PrimaryColumn('text') experiment!: string;
  @PrimaryColumn('integer') phase!: number;
  /** What was hashed. */
  @PrimaryColumn('text') unit!: string;
  @Column('text') variation!: string;
  @Column('timestamptz') first_at!: Date;
  /** The living profile; null while the device has none. */
  @Column('uuid', { nullable: true }) person!: string | null;
  /** The profile it was then: where a split takes it back to. */
  @Column('uuid', { nullable: true }) profile_id!: string | null;
  @Column('text', { nullable: true }) anonymous_id!: string | null;
  /** What metrics were before, by their keys; null where none asks. */
  @Column('json', { nullable: true }) before!: unknown;
}

/** What somebody did that a metric counts. */
@Entity('experiment_outcome')
@Index('experiment_outcome_person', ['person'])
export class ExperimentOutcomeEntity {
  @PrimaryColumn('text') experiment!: string;
  @PrimaryColumn('integer') phase!: number;
  @PrimaryColumn('text') metric!: string;
  @PrimaryColumn('uuid') person!: string;
  /** The order or the event: it counts once. */
  @PrimaryColumn('text') key!: string;
  @Column('double precision') value!: number;
  @Column('timestamptz') at!: Date;
  @Column('uuid') event_id!: string;
}

export const experimentsEntities = [
  ExperimentEntity,
  ExperimentPhaseEntity,
  ExperimentExposureEntity,
  ExperimentOutcomeEntity,
];
