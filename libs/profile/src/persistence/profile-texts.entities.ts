import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Names and postcodes people are found by. Its trigram index is there where PostgreSQL has pg_trgm. */
@Entity('profile_search')
@Index('profile_search_text', { synchronize: false })
export class ProfileSearchEntity {
  @PrimaryColumn('uuid') profile_id!: string;
  @Column('text') text!: string;
}

/** The version that the last edit of a profile was made on: of two edits on one version, the second is refused. */
@Entity('profile_edit')
export class ProfileEditEntity {
  @PrimaryColumn('uuid') profile_id!: string;
  @Column('bigint') version!: string;
  @Column('timestamptz') at!: Date;
}

/** Free text that came with events. Whose it is, the timeline says. */
@Entity('timeline_text')
export class TimelineTextEntity {
  @PrimaryColumn('uuid') event_id!: string;
  @PrimaryColumn('smallint') part!: number;
  @Column('text') kind!: string;
  @Column('text') text!: string;
  @Column('tsvector') words!: string;
}

/** Something in a text that may tell who it is about, until somebody has looked at it. */
@Entity('entity_hint')
@Index('entity_hint_found', ['event_id', 'namespace', 'value'], { unique: true })
@Index('entity_hint_state', ['state', 'id'])
@Index('entity_hint_value', ['namespace', 'value'])
export class EntityHintEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') event_id!: string;
  @Column('text') namespace!: string;
  @Column('text') value!: string;
  @Column('text') excerpt!: string;
  @Column('text') state!: string;
  @Column('timestamptz') found_at!: Date;
  @Column('timestamptz', { nullable: true }) decided_at!: Date | null;
  @Column('text', { nullable: true }) decided_by!: string | null;
}

export const profileTextEntities = [
  ProfileSearchEntity,
  ProfileEditEntity,
  TimelineTextEntity,
  EntityHintEntity,
];
