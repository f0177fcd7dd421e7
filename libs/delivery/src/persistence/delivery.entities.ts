import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { factEntities } from './facts/fact.entities.js';

/** The ledger: one row per outbound action. */
@Entity('delivery')
@Index('delivery_idempotency_key', ['idempotency_key'], { unique: true })
@Index('delivery_profile', ['profile_id', 'created_at'])
@Index('delivery_provider', ['provider_id'], { where: 'provider_id IS NOT NULL' })
@Index('delivery_due', ['queue', 'class', 'origin', 'due_at', 'id'], { where: `"status" = 'planned'` })
@Index('delivery_unknown', ['id'], { where: `"status" = 'unknown'` })
export class DeliveryEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') idempotency_key!: string;
  @Column('uuid') profile_id!: string;
  @Column('text') channel!: string;
  @Column('text') class!: string;
  @Column('text') status!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text', { nullable: true }) offer!: string | null;
  @Column('text', { nullable: true }) treatment!: string | null;
  @Column('text', { nullable: true }) zone!: string | null;
  @Column('uuid', { nullable: true }) decision_id!: string | null;
  @Column('uuid', { nullable: true }) dialogue_id!: string | null;
  @Column('text', { nullable: true }) offer_token!: string | null;
  @Column('text') origin!: string;
  @Column('json') content!: unknown;
  @Column('json') data!: unknown;
  @Column('timestamptz') created_at!: Date;
  @Column('timestamptz') send_at!: Date;
  @Column('timestamptz', { nullable: true }) valid_until!: Date | null;
  @Column('text', { nullable: true }) provider_id!: string | null;
  @Column('integer') attempts!: number;
  /** Attempts that were only told to come later. */
  @Column('integer', { default: 0 }) waits!: number;
  @Column('text', { nullable: true }) progress!: string | null;
  @Column('json', { nullable: true }) receipts!: unknown;
  @Column('text', { nullable: true }) brand!: string | null;
  @Column('text', { nullable: true }) purpose!: string | null;
  @Column('text', { nullable: true }) address!: string | null;
  /** Where it waits: its channel, or one connector of it. */
  @Column('text') queue!: string;
  /** When it is looked at next; later than `send_at` where it is held or tried again. */
  @Column('timestamptz') due_at!: Date;
  @Column('text', { nullable: true }) traceparent!: string | null;
}

/** One try. It is durable before the connector is called; without an outcome, what became of it is not known. */
@Entity('delivery_attempt')
@Index('delivery_attempt_delivery', ['delivery_id'])
@Index('delivery_attempt_look', ['look_at'], { where: '"look_at" IS NOT NULL' })
@Index('delivery_attempt_open', ['connector'], { where: '"finished_at" IS NULL' })
export class DeliveryAttemptEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') delivery_id!: string;
  @Column('integer') number!: number;
  @Column('text') connector!: string;
  @Column('json') action!: unknown;
  @Column('timestamptz') started_at!: Date;
  @Column('timestamptz', { nullable: true }) finished_at!: Date | null;
  @Column('json', { nullable: true }) outcome!: unknown;
  /**
   * When somebody is to see what became of it: whoever made it had time enough by then, or its provider can be asked
   * once more. The database's own time: an attempt must not be given up because business time was moved.
   */
  @Column('timestamptz', { nullable: true }) look_at!: Date | null;
  /** How often its provider was asked. */
  @Column('integer', { default: 0 }) looks!: number;
}

/** What has been stopped, by whom it may be started again. */
@Entity('outbound_pause')
export class OutboundPauseEntity {
  @PrimaryColumn('text') scope!: string;
  @PrimaryColumn('text') key!: string;
  @Column('timestamptz') paused_at!: Date;
}

export const deliveryEntities = [...factEntities, DeliveryEntity, DeliveryAttemptEntity, OutboundPauseEntity];
