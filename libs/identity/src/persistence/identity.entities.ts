import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Whose an identifier is. One owner each. */
@Entity('identifier')
@Index('identifier_profile_id', ['profile_id'])
export class IdentifierEntity {
  @PrimaryColumn('text') namespace!: string;
  @PrimaryColumn('text') value!: string;
  @Column('uuid') profile_id!: string;
  @Column('boolean') verified!: boolean;
  /** The profile that had it first: what a split gives it back to. */
  @Column('uuid') origin_profile_id!: string;
}

/** Ids of profiles that were merged away resolve for ever. Always points at a living profile. */
@Entity('profile_alias')
@Index('profile_alias_survivor_id', ['survivor_id'])
export class ProfileAliasEntity {
  @PrimaryColumn('uuid') merged_id!: string;
  @Column('uuid') survivor_id!: string;
}

/** Every merge, with its rule and the event that caused it: lineage, and what an undo needs. */
@Entity('profile_merge')
@Index('profile_merge_survivor_id', ['survivor_id'])
export class ProfileMergeEntity {
  @PrimaryColumn('uuid') merged_id!: string;
  @PrimaryColumn('uuid') event_id!: string;
  @Column('uuid') survivor_id!: string;
  @Column('text') rule!: string;
  @Column('timestamptz') merged_at!: Date;
}

/** Links that were not made, with the reason: claims without proof, limits that would break. */
@Entity('refused_link')
export class RefusedLinkEntity {
  @PrimaryColumn('uuid') profile_id!: string;
  @PrimaryColumn('text') namespace!: string;
  @PrimaryColumn('text') value!: string;
  @Column('text') reason!: string;
  @Column('uuid') event_id!: string;
  @Column('timestamptz') refused_at!: Date;
}

export const identityEntities = [IdentifierEntity, ProfileAliasEntity, ProfileMergeEntity, RefusedLinkEntity];
