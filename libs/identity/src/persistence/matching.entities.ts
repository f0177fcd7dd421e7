import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What one trusted source says of one identifier: the values as given, and in comparable form. */
@Entity('source_record')
@Index('source_record_key', ['key', 'source'], { unique: true })
@Index('source_record_household', ['household'])
export class SourceRecordEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') source!: string;
  /** `namespace:value` of the identifier it is filed under. */
  @Column('text') key!: string;
  @Column('timestamptz') at!: Date;
  @Column('json') stated!: unknown;
  @Column('json') standard!: unknown;
  /** Key of the household that the record speaks of. */
  @Column('text', { nullable: true }) household!: string | null;
  @Column('text', { nullable: true }) declared_household!: string | null;
}

/** Where records that may be alike meet. */
@Entity('source_record_block')
@Index('source_record_block_record', ['record_id'])
export class SourceRecordBlockEntity {
  @PrimaryColumn('text') block!: string;
  @PrimaryColumn('uuid') record_id!: string;
}

/** Records that are to be filed and compared again. */
@Entity('rematch_backlog')
export class RematchBacklogEntity {
  @PrimaryColumn('uuid') record_id!: string;
}

/** Two records that look like one person's, with everything that says so. */
@Entity('match_edge')
@Index('match_edge_pair', ['record_a', 'record_b'], { unique: true })
@Index('match_edge_record_b', ['record_b'])
@Index('match_edge_a', ['a'])
@Index('match_edge_b', ['b'])
export class MatchEdgeEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') record_a!: string;
  @Column('uuid') record_b!: string;
  @Column('text') a!: string;
  @Column('text') b!: string;
  @Column('text') rule!: string;
  /** log2 odds that both are one person. */
  @Column('double precision') weight!: number;
  /** The waterfall: what each field says. */
  @Column('json') score!: unknown;
  /** Blocks that both are in. */
  @Column('text', { array: true }) blocks!: string[];
  /** Version of the model. */
  @Column('text') model!: string;
  @Column('timestamptz') at!: Date;
}

/** Models that were learned: drafts with a preview, the one in force, and those before it. */
@Entity('match_model')
@Index('match_model_published', ['state'], { unique: true, where: `state = 'published'` })
export class MatchModelEntity {
  @PrimaryColumn('text') version!: string;
  @Column('text') state!: string;
  @Column('json') model!: unknown;
  @Column('bigint') records!: string;
  @Column('json', { nullable: true }) preview!: unknown;
  @Column('timestamptz') created_at!: Date;
  @Column('timestamptz', { nullable: true }) published_at!: Date | null;
  /** How far the records have been compared again by it; and when all had been. */
  @Column('uuid', { nullable: true }) rematch_after!: string | null;
  @Column('timestamptz', { nullable: true }) rematched_at!: Date | null;
}

export const matchingEntities = [
  SourceRecordEntity,
  SourceRecordBlockEntity,
  RematchBacklogEntity,
  MatchEdgeEntity,
  MatchModelEntity,
];
