import { matchingEntities } from './matching.entities.js';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Whose an identifier is, from a moment on. One owner at a time; none where a rule is against every one. */
@Entity('identifier')
@Index('identifier_profile_id', ['profile_id'])
export class IdentifierEntity {
  @PrimaryColumn('text') namespace!: string;
  @PrimaryColumn('text') value!: string;
  /** Event time in milliseconds since the epoch; 0 for always. */
  @PrimaryColumn('bigint') since!: string;
  @Column('uuid', { nullable: true }) profile_id!: string | null;
  @Column('boolean') verified!: boolean;
  /** The profile that had it first: what a split gives it back to. */
  @Column('uuid', { nullable: true }) origin_profile_id!: string | null;
  /** Since when too many people have it, so that it links nobody. */
  @Column('timestamptz', { nullable: true }) shared_at!: Date | null;
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

/** What events named together, with the earliest of them: the evidence that the partition is worked out from. */
@Entity('identity_link')
@Index('identity_link_a', ['a', 'first_at'])
@Index('identity_link_b', ['b', 'first_at'])
export class IdentityLinkEntity {
  @PrimaryColumn('text') a!: string;
  @PrimaryColumn('text') b!: string;
  /** `event` and `alias` are proved; a `claim` is not. */
  @PrimaryColumn('text') rule!: string;
  @Column('timestamptz') first_at!: Date;
  @Column('uuid') event_id!: string;
}

/** Somebody signed out on a device: what is anonymous there afterwards is a new profile's. */
@Entity('sign_out')
export class SignOutEntity {
  @PrimaryColumn('text') device!: string;
  @PrimaryColumn('timestamptz') at!: Date;
  @PrimaryColumn('uuid') event_id!: string;
}

/** What a person said about two nodes of the graph. Outlives every rebuild; the latest word wins. */
@Entity('identity_verdict')
@Index('identity_verdict_a_key', ['a_key'])
@Index('identity_verdict_b_key', ['b_key'])
export class IdentityVerdictEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') a!: string;
  @Column('text') b!: string;
  /** The identifiers of the nodes, without the moment they begin. */
  @Column('text') a_key!: string;
  @Column('text') b_key!: string;
  @Column('text') verdict!: string;
  @Column('timestamptz') at!: Date;
  @Column('text') actor!: string;
  @Column('text') reason!: string;
}

/** What a person should look at: likely matches, links through what turned out to be shared, ambiguous events. */
@Entity('match_review')
@Index('match_review_pair', ['kind', 'a', 'b'], { unique: true })
@Index('match_review_a', ['a'])
@Index('match_review_b', ['b'])
export class MatchReviewEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: string;
  @Column('text') a!: string;
  @Column('text') b!: string;
  @Column('double precision', { nullable: true }) weight!: number | null;
  @Column('json') detail!: unknown;
  @Column('timestamptz') created_at!: Date;
  @Column('text', { nullable: true }) verdict!: string | null;
  @Column('timestamptz', { nullable: true }) decided_at!: Date | null;
  @Column('text', { nullable: true }) decided_by!: string | null;
}

export const identityEntities = [
  IdentifierEntity,
  ProfileAliasEntity,
  ProfileMergeEntity,
  IdentityLinkEntity,
  SignOutEntity,
  IdentityVerdictEntity,
  MatchReviewEntity,
  ...matchingEntities,
];
