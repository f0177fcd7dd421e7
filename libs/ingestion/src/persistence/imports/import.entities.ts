import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One file on its way into the log, and how far it is. */
@Entity('import_job')
@Index('import_job_open', ['spool', 'id'], { where: `state IN ('queued', 'running')` })
@Index('import_job_digest', ['feed', 'digest'], { where: 'feed IS NOT NULL' })
export class ImportJobEntity {
  @PrimaryColumn('uuid') id!: string;
  /** Which data folder holds the file. */
  @Column('uuid') spool!: string;
  @Column('text') source!: string;
  @Column('text') format!: string;
  @Column('json') mapping!: unknown;
  @Column('text', { nullable: true }) file_name!: string | null;
  /** The watched folder it came from. */
  @Column('text', { nullable: true }) feed!: string | null;
  /** SHA-256 of the file as it came, in hex. */
  @Column('text') digest!: string;
  @Column('bigint') bytes!: string;
  @Column('int') max_refused!: number;
  @Column('timestamptz') created_at!: Date;
  @Column('timestamptz', { nullable: true }) started_at!: Date | null;
  @Column('timestamptz', { nullable: true }) finished_at!: Date | null;
  /** queued, running, done, failed, cancelled */
  @Column('text') state!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('bigint', { nullable: true }) reason_line!: string | null;
  @Column('boolean') file_kept!: boolean;
  /** Who works on it, until when unless it is heard of. Technical time: the database's clock. */
  @Column('uuid', { nullable: true }) worker!: string | null;
  @Column('timestamptz', { nullable: true }) lease_until!: Date | null;
  /** Where reading goes on: bytes of text, and the line that begins there; null before the first portion. */
  @Column('bigint', { nullable: true }) place_offset!: string | null;
  @Column('bigint', { nullable: true }) place_line!: string | null;
  /** How the file is written and what its header says, once it was looked at. */
  @Column('json', { nullable: true }) layout!: unknown;
  /** Bytes of the file itself read so far. */
  @Column('bigint') bytes_read!: string;
  @Column('bigint') accepted!: string;
  @Column('bigint') refused!: string;
  @Column('bigint') events!: string;
  /** Events that were in the log already. */
  @Column('bigint') known!: string;
  /** Events that the tracking plan wanted in quarantine. */
  @Column('bigint', { default: 0 }) held!: string;
  /** Milliseconds of work. */
  @Column('bigint') worked!: string;
}

/** Rows that did not become events, as they came. */
@Entity('import_refusal')
export class ImportRefusalEntity {
  @PrimaryColumn('uuid') import_id!: string;
  @PrimaryColumn('bigint') line!: string;
  /** The column or path at fault, where it is one. */
  @Column('text', { nullable: true }) column_name!: string | null;
  @Column('text') reason!: string;
  /** With NUL, which text columns cannot hold, shown as its symbol. */
  @Column('text') raw!: string;
}

/** Digests of rows that became events, for ever: the same row of the same source never counts twice. */
@Entity('import_key')
export class ImportKeyEntity {
  @PrimaryColumn('uuid') key!: string;
}

/** Events of imports that wait to be processed behind those of live senders. */
@Entity('import_pending')
export class ImportPendingEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('timestamptz') received_at!: Date;
  @Column('smallint') lane!: number;
}

/** A mapping under a name. */
@Entity('import_mapping')
export class ImportMappingEntity {
  @PrimaryColumn('text') key!: string;
  @Column('json') mapping!: unknown;
  @Column('timestamptz') updated_at!: Date;
}

/** A folder that is watched for files. */
@Entity('import_feed')
export class ImportFeedEntity {
  @PrimaryColumn('text') key!: string;
  @Column('text') folder!: string;
  @Column('text') pattern!: string;
  @Column('text') schedule!: string;
  @Column('text') source!: string;
  @Column('json') mapping!: unknown;
  @Column('boolean') enabled!: boolean;
  @Column('timestamptz') updated_at!: Date;
  @Column('timestamptz') next_look_at!: Date;
  @Column('timestamptz', { nullable: true }) last_look_at!: Date | null;
  @Column('text', { nullable: true }) problem!: string | null;
}

export const importEntities = [
  ImportJobEntity,
  ImportRefusalEntity,
  ImportKeyEntity,
  ImportPendingEntity,
  ImportMappingEntity,
  ImportFeedEntity,
];
