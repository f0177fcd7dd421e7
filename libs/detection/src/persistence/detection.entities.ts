import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Reactions as they were applied. */
@Entity('reaction')
export class ReactionEntity {
  @PrimaryColumn('text') key!: string;
  @Column('json') document!: unknown;
  @Column('timestamptz') updated_at!: Date;
  /** The configuration revision that wrote it. */
  @Column('int', { default: 0 }) version!: number;
}

/** Reactions that wait for their time. One per reaction and person. */
@Entity('reaction_timer')
@Index('reaction_timer_due_at', ['due_at'])
export class ReactionTimerEntity {
  @PrimaryColumn('text') reaction!: string;
  @PrimaryColumn('uuid') profile_id!: string;
  @Column('uuid') event_id!: string;
  @Column('timestamptz') triggered_at!: Date;
  @Column('timestamptz') due_at!: Date;
  @Column('text', { nullable: true }) traceparent!: string | null;
}

/** When a reaction last went ahead for a person. */
@Entity('reaction_firing')
export class ReactionFiringEntity {
  @PrimaryColumn('text') reaction!: string;
  @PrimaryColumn('uuid') profile_id!: string;
  @Column('timestamptz') fired_at!: Date;
}

/** Who is in which segment, as it was found last. */
@Entity('segment_member')
@Index('segment_member_segment', ['segment', 'profile_id'])
export class SegmentMemberEntity {
  @PrimaryColumn('uuid') profile_id!: string;
  @PrimaryColumn('text') segment!: string;
  @Column('timestamptz') entered_at!: Date;
}

/** How far the walk through all profiles has come; one row. */
@Entity('segment_walk')
export class SegmentWalkEntity {
  @PrimaryColumn('smallint') id!: number;
  /** Of the trait book, as of the walk's beginning. */
  @Column('bigint') revision!: string;
  /** Segments of this revision and older have been asked of everybody. */
  @Column('bigint') complete!: string;
  /** All profiles up to here are done. */
  @Column('uuid', { nullable: true }) after_id!: string | null;
  @Column('bigint') done!: string;
  @Column('bigint') total!: string;
  @Column('timestamptz', { nullable: true }) started_at!: Date | null;
  @Column('timestamptz', { nullable: true }) finished_at!: Date | null;
}

export const detectionEntities = [
  ReactionEntity,
  ReactionTimerEntity,
  ReactionFiringEntity,
  SegmentMemberEntity,
  SegmentWalkEntity,
];
