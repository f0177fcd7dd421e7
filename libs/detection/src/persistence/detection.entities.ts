import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Reactions as they were applied. */
@Entity('reaction')
export class ReactionEntity {
  @PrimaryColumn('text') key!: string;
  @Column('json') document!: unknown;
  @Column('timestamptz') updated_at!: Date;
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

export const detectionEntities = [ReactionEntity, ReactionTimerEntity, ReactionFiringEntity];
