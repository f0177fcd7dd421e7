import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One call, as far as its reports tell, and whom we take the caller for. */
@Entity('call')
@Index('call_external', ['source', 'external_id'], { unique: true })
@Index('call_profile', ['profile_id', 'hold_until'])
@Index('call_number', ['number'])
@Index('call_last', ['last_at'])
@Index('call_change', ['change_id'])
@Index('call_agent', ['agent', 'last_at'])
@Index('call_ringing', ['queue'], { where: `"status" = 'ringing'` })
export class CallEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'call_pkey' }) id!: string;
  /** Who reports it: a connector's name, or the source of a key. */
  @Column('text') source!: string;
  @Column('text') external_id!: string;
  @Column('json') state!: unknown;
  @Column('text') status!: string;
  @Column('text', { nullable: true }) queue!: string | null;
  /** E.164; null where it is withheld or no number. */
  @Column('text', { nullable: true }) number!: string | null;
  @Column('timestamptz') last_at!: Date;
  /** Until when messages to the person wait. */
  @Column('timestamptz', { nullable: true }) hold_until!: Date | null;
  @Column('uuid', { nullable: true }) profile_id!: string | null;
  /** Ids of the profiles that have the number, where it is several people's. */
  @Column('json') candidates!: unknown;
  @Column('text') verified!: string;
  @Column('text', { nullable: true }) method!: string | null;
  @Column('text', { nullable: true }) identified_by!: string | null;
  @Column('timestamptz', { nullable: true }) identified_at!: Date | null;
  @Column('uuid') dialogue_id!: string;
  @Column('uuid', { nullable: true }) task_id!: string | null;
  @Column('text', { nullable: true }) outcome!: string | null;
  @Column('timestamptz', { nullable: true }) outcome_at!: Date | null;
  @Column('integer') version!: number;
  /** Of the latest change, UUIDv7: those who watch calls look for greater ones. */
  @Column('uuid') change_id!: string;
  @Column('text', { nullable: true }) agent!: string | null;
}

/** Work for humans. */
@Entity('task')
@Index('task_origin', ['origin'], { unique: true })
@Index('task_waiting', ['queue', 'due_at'], { where: `"state" = 'open'` })
@Index('task_profile', ['profile_id'])
@Index('task_address', ['address'])
@Index('task_completed', ['queue', 'completed_at'])
@Index('task_created', ['created_at'])
@Index('task_change', ['change_id'])
export class TaskEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'task_pkey' }) id!: string;
  @Column('text') queue!: string;
  @Column('text') kind!: string;
  @Column('text') subject!: string;
  @Column('integer') priority!: number;
  @Column('json') skills!: unknown;
  @Column('timestamptz') due_at!: Date;
  @Column('text') state!: string;
  @Column('text', { nullable: true }) claimed_by!: string | null;
  @Column('timestamptz', { nullable: true }) claimed_at!: Date | null;
  @Column('timestamptz', { nullable: true }) lease_until!: Date | null;
  @Column('uuid', { nullable: true }) profile_id!: string | null;
  @Column('text', { nullable: true }) address!: string | null;
  @Column('uuid', { nullable: true }) dialogue_id!: string | null;
  @Column('uuid', { nullable: true }) call_id!: string | null;
  @Column('json') data!: unknown;
  @Column('integer') attempts!: number;
  @Column('timestamptz') created_at!: Date;
  @Column('timestamptz', { nullable: true }) completed_at!: Date | null;
  @Column('text', { nullable: true }) result!: string | null;
  @Column('text') origin!: string;
  @Column('integer') version!: number;
  /** Of the latest change, UUIDv7. */
  @Column('uuid') change_id!: string;
}

/** What agents say they are doing; it lapses unless they say so again. */
@Entity('agent_presence')
@Index('agent_presence_expires', ['expires_at'])
export class AgentPresenceEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'agent_presence_pkey' }) agent!: string;
  @Column('text') state!: string;
  @Column('json') skills!: unknown;
  @Column('json') queues!: unknown;
  @Column('timestamptz') expires_at!: Date;
  /** Why somebody is away or busy: `break`, `lunch`, `wrap-up`. */
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('timestamptz', { nullable: true }) since!: Date | null;
}

/** When agents changed what they do: how a shift went. */
@Entity('agent_state')
@Index('agent_state_at', ['at'])
export class AgentStateEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'agent_state_pkey' }) id!: string;
  @Column('text') agent!: string;
  @Column('text') state!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('timestamptz') at!: Date;
}

/** Who has a task before their eyes just now. */
@Entity('task_viewer')
export class TaskViewerEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'task_viewer_pkey' }) task_id!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'task_viewer_pkey' }) agent!: string;
  @Column('timestamptz') expires_at!: Date;
}

/** What a supervisor tells everybody at once. */
@Entity('desk_notice')
@Index('desk_notice_at', ['at'])
export class DeskNoticeEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'desk_notice_pkey' }) id!: string;
  @Column('timestamptz') at!: Date;
  @Column('text') by!: string;
  @Column('text') words!: string;
}

/** How calls and tasks are handled: one document. */
@Entity('call_center_settings')
export class CallCenterSettingsEntity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'call_center_settings_pkey' }) id!: number;
  @Column('integer') version!: number;
  @Column('json') document!: unknown;
}

export const callCenterEntities = [
  CallEntity,
  TaskEntity,
  AgentPresenceEntity,
  AgentStateEntity,
  TaskViewerEntity,
  DeskNoticeEntity,
  CallCenterSettingsEntity,
];
