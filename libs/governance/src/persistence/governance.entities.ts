import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A registered sender of events. */
@Entity('source')
export class SourceEntity {
  @PrimaryColumn('text') key!: string;
  @Column('text') name!: string;
  @Column('smallint') trust_rank!: number;
  @Column('text') party!: string;
  /** Longest normal silence, in seconds. */
  @Column('integer', { nullable: true }) expected_every!: number | null;
  @Column('json', { nullable: true }) tracking_plan!: unknown;
  @Column('integer') version!: number;
  @Column('timestamptz') created_at!: Date;
  @Column('timestamptz') updated_at!: Date;
  /** To some seconds; written in passing. */
  @Column('timestamptz', { nullable: true }) last_event_at!: Date | null;
}

/** Rules that there is one of: classes of fields, retention. */
@Entity('governance_document')
export class GovernanceDocumentEntity {
  @PrimaryColumn('text') name!: string;
  @Column('json') document!: unknown;
  @Column('integer') version!: number;
  @Column('timestamptz') updated_at!: Date;
}

/** Counts changes of what processes keep in memory, so that one small look tells what to read again. */
@Entity('governance_revision')
export class GovernanceRevisionEntity {
  @PrimaryColumn('text') name!: string;
  @Column('bigint') revision!: string;
}

/** The key of the hashes that are left of erased people. There is one; a new one would forget them all. */
@Entity('governance_secret')
export class GovernanceSecretEntity {
  @PrimaryColumn('integer') id!: number;
  @Column('bytea') secret!: Buffer;
}

/** Whom not to write to: keyed hashes of identifiers, and of ids of erased profiles. */
@Entity('do_not_contact')
@Index('do_not_contact_erased', ['added_at'], { where: `reason = 'erased'` })
export class DoNotContactEntity {
  @PrimaryColumn('text') hash!: string;
  @Column('text') reason!: string;
  @Column('timestamptz') added_at!: Date;
}

/** People whose data may not be used freely. Keyed by the profile they asked with; readers ask for its family. */
@Entity('person_standing')
export class PersonStandingEntity {
  @PrimaryColumn('uuid') profile_id!: string;
  @Column('boolean') restricted!: boolean;
  @Column('text', { array: true }) objections!: string[];
  @Column('timestamptz') updated_at!: Date;
}

/** What people asked for. Once an erasure is done, only the keyed hash says whose it was. */
@Entity('privacy_request')
@Index('privacy_request_open', ['next_at'], { where: 'next_at IS NOT NULL' })
@Index('privacy_request_subject', ['subject'])
export class PrivacyRequestEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: string;
  /** Keyed hash of the profile's id. */
  @Column('text') subject!: string;
  @Column('uuid', { nullable: true }) profile_id!: string | null;
  @Column('text', { nullable: true }) scope!: string | null;
  /** The person takes an earlier request back. */
  @Column('boolean') lifted!: boolean;
  @Column('text') status!: string;
  @Column('text') requested_by!: string;
  @Column('timestamptz') requested_at!: Date;
  @Column('timestamptz', { nullable: true }) completed_at!: Date | null;
  /** When the job looks at it next, by the database's own time; null once there is nothing left to do. */
  @Column('timestamptz', { nullable: true }) next_at!: Date | null;
  @Column('integer') attempts!: number;
  /** How often all scopes were gone through. */
  @Column('smallint') round!: number;
  /** Whom the job still has to look for; gone when it is done. */
  @Column('json', { nullable: true }) work!: unknown;
}

/** What each scope and connector did about a request. */
@Entity('privacy_step')
export class PrivacyStepEntity {
  @PrimaryColumn('uuid') request_id!: string;
  @PrimaryColumn('text') scope!: string;
  @Column('text') status!: string;
  @Column('integer') records!: number;
  @Column('text', { nullable: true }) detail!: string | null;
  @Column('timestamptz') at!: Date;
}

/** Who saw or changed a person. Only added to; partitioned by month. */
@Entity('audit_entry')
@Index('audit_entry_subject', ['subject', 'at'])
export class AuditEntryEntity {
  @PrimaryColumn('timestamptz') at!: Date;
  @PrimaryColumn('uuid') id!: string;
  @Column('text') actor!: string;
  @Column('text') action!: string;
  /** A profile's id, or the keyed hash of one that was erased. */
  @Column('text') subject!: string;
  @Column('json', { nullable: true }) detail!: unknown;
}

/** How far a rule of retention has come that changes records instead of removing them. */
@Entity('retention_progress')
export class RetentionProgressEntity {
  @PrimaryColumn('text') rule!: string;
  @Column('timestamptz') done_until!: Date;
  @Column('uuid') after_id!: string;
}

export const governanceEntities = [
  SourceEntity,
  GovernanceDocumentEntity,
  GovernanceRevisionEntity,
  GovernanceSecretEntity,
  DoNotContactEntity,
  PersonStandingEntity,
  PrivacyRequestEntity,
  PrivacyStepEntity,
  AuditEntryEntity,
  RetentionProgressEntity,
];
