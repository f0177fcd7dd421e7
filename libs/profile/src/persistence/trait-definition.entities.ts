import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How traits survive, what is computed, where free text is: one row a definition. */
@Entity('trait_definition')
export class TraitDefinitionEntity {
  @PrimaryColumn('text') kind!: string;
  @PrimaryColumn('text') key!: string;
  @Column('json') document!: unknown;
  /** Revision of the trait book that brought it. */
  @Column('bigint') revision!: string;
}

/** The making of all records complete for a revision of the trait book, from the log. */
@Entity('trait_replay')
export class TraitReplayEntity {
  @PrimaryColumn('bigint') revision!: string;
  @Column('timestamptz') started_at!: Date;
  @Column('timestamptz', { nullable: true }) finished_at!: Date | null;
  /** A newer revision came before the end. */
  @Column('boolean') superseded!: boolean;
  /** All profiles up to here are done. */
  @Column('uuid', { nullable: true }) after_id!: string | null;
  @Column('bigint') done!: string;
  @Column('bigint') total!: string;
}

/** Records written in a state that is not complete: a merge with one that a replay had not come to. */
@Entity('trait_replay_backlog')
export class TraitReplayBacklogEntity {
  @PrimaryColumn('uuid') profile_id!: string;
}

export const traitDefinitionEntities = [TraitDefinitionEntity, TraitReplayEntity, TraitReplayBacklogEntity];
