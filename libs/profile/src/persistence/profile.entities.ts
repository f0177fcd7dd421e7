import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ProfileBeforeMergeEntity } from './merge-undo.entities.js';
import { profileTextEntities } from './profile-texts.entities.js';
import { traitDefinitionEntities } from './trait-definition.entities.js';

/** The golden record, one row a person. A merged profile keeps its row, as it was. */
@Entity('profile')
export class ProfileEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('bigint') version!: string;
  @Column('uuid', { nullable: true }) merged_into!: string | null;
  @Column('json') record!: unknown;
}

/** Orders, each once. Amounts in the currency's smallest unit. */
@Entity('profile_order')
@Index('profile_order_order_id', ['order_id'])
export class ProfileOrderEntity {
  @PrimaryColumn('uuid') profile_id!: string;
  @PrimaryColumn('text') order_id!: string;
  @Column('text') currency!: string;
  @Column('bigint', { nullable: true }) amount!: string | null;
  @Column('bigint') refunded!: string;
  @Column('boolean') cancelled!: boolean;
  @Column('timestamptz') at!: Date;
  @Column('text') event_id!: string;
}

/** What happened with a person, newest first. Entries keep the profile they were written for; readers ask for its family. */
@Entity('timeline_entry')
@Index('timeline_entry_id', ['id'])
export class TimelineEntryEntity {
  @PrimaryColumn('uuid') profile_id!: string;
  @PrimaryColumn('timestamptz') at!: Date;
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: string;
  /** Set for events: where the log keeps it. */
  @Column('timestamptz', { nullable: true }) logged_at!: Date | null;
  @Column('json', { nullable: true }) data!: unknown;
  /** Of the golden record, from which on it holds this; null where it does not change the record. */
  @Column('bigint', { nullable: true }) version!: string | null;
}

/** Changes of golden records, numbered in the order of their commits. */
@Entity('profile_change')
@Index('profile_change_changed_at', ['changed_at'])
export class ProfileChangeEntity {
  @PrimaryColumn('bigint') seq!: string;
  @Column('uuid', { array: true }) profile_ids!: string[];
  @Column('timestamptz') changed_at!: Date;
}

/** The one row that numbers changes; locked from the number's taking to the commit. */
@Entity('profile_change_counter')
export class ProfileChangeCounterEntity {
  @PrimaryColumn('boolean') singleton!: boolean;
  @Column('bigint') seq!: string;
  /** Of the trait book: who commits a change has written by this one. */
  @Column('bigint') book_revision!: string;
}

/** Live processes and how far each has applied the changes. */
@Entity('profile_reader')
export class ProfileReaderEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('bigint') applied_seq!: string;
  @Column('timestamptz') expires_at!: Date;
}

export const profileEntities = [
  ProfileEntity,
  ProfileOrderEntity,
  TimelineEntryEntity,
  ProfileChangeEntity,
  ProfileChangeCounterEntity,
  ProfileReaderEntity,
  ...traitDefinitionEntities,
  ...profileTextEntities,
  ProfileBeforeMergeEntity,
];
