import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { importEntities } from './imports/import.entities.js';

/** The durable log: every accepted event, partitioned by month of receipt. */
@Entity('event_log')
export class EventLogEntity {
  @PrimaryColumn('timestamptz') received_at!: Date;
  @PrimaryColumn('uuid') id!: string;
  @Column('smallint') lane!: number;
  @Column('text') source!: string;
  @Column('text') message_id!: string;
  @Column('text') type!: string;
  @Column('text', { nullable: true }) name!: string | null;
  @Column('timestamptz') occurred_at!: Date;
  @Column('boolean') verified!: boolean;
  @Column('text', { nullable: true }) traceparent!: string | null;
  @Column('json') payload!: unknown;
}

/** Message ids seen; a unique index cannot span the log's partitions, so this is a table of its own. */
@Entity('event_dedup')
// BRIN: rows arrive in the order of their time, so a few pages of summary serve the clean-up.
@Index('event_dedup_received_at', ['received_at'], { type: 'brin' })
export class EventDedupEntity {
  @PrimaryColumn('text') source!: string;
  @PrimaryColumn('text') message_id!: string;
  @Column('uuid') event_id!: string;
  @Column('timestamptz') received_at!: Date;
}

/** Events of the log that are not processed yet. */
@Entity('event_pending')
export class EventPendingEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('timestamptz') received_at!: Date;
  @Column('smallint') lane!: number;
  /** It was held back for long: it counts, and starts nothing. */
  @Column('boolean', { default: false }) late!: boolean;
}

/** Events of the log that must not be processed for the time being, by whom they are about. */
@Entity('event_held')
@Index('event_held_profile_id', ['profile_id'])
export class EventHeldEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('timestamptz') received_at!: Date;
  @Column('smallint') lane!: number;
  @Column('uuid') profile_id!: string;
}

/** Groups of events that are durable and have yet to enter the log. */
@Entity('event_inbox')
export class EventInboxEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('timestamptz') received_at!: Date;
  @Column('integer') size!: number;
  /** JSON list, kept as text: it is read once. */
  @Column('text') events!: string;
}

/** A process that reads lanes; its lease. A fenced worker's transactions cannot commit. */
@Entity('lane_worker')
export class LaneWorkerEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('timestamptz') expires_at!: Date;
  @Column('boolean') fenced!: boolean;
}

/** Which worker reads a lane. */
@Entity('lane')
export class LaneEntity {
  @PrimaryColumn('smallint') lane!: number;
  @Column('uuid', { nullable: true }) worker!: string | null;
}

/** Events that broke their schema or could not be processed: kept, with the reason, until somebody replays them. */
@Entity('quarantine')
@Index('quarantine_import_key', ['import_key'], { unique: true })
@Index('quarantine_received_at', ['received_at', 'id'])
export class QuarantineEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('timestamptz') received_at!: Date;
  @Column('text') source!: string;
  @Column('text') code!: string;
  @Column('json') errors!: unknown;
  /** JSON text as it came, with what text columns cannot hold escaped. */
  @Column('text') body!: string;
  @Column('boolean') verified!: boolean;
  @Column('timestamptz', { nullable: true }) replayed_at!: Date | null;
  /** Of what an import holds back: the digest of what makes it this event. */
  @Column('uuid', { nullable: true }) import_key!: string | null;
}

export const ingestionEntities = [
  EventLogEntity,
  EventDedupEntity,
  EventPendingEntity,
  EventHeldEntity,
  EventInboxEntity,
  LaneWorkerEntity,
  LaneEntity,
  QuarantineEntity,
  ...importEntities,
];
