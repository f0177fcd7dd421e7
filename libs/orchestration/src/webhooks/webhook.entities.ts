import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Where somebody outside hears what happens. Its keys are in the vault. */
@Entity('webhook_endpoint')
export class WebhookEndpointEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') url!: string;
  @Column('text') description!: string;
  /** Patterns of types. */
  @Column('text', { array: true }) types!: string[];
  /** Whether what happens to one subject goes out one after the other. */
  @Column('boolean') ordered!: boolean;
  @Column('boolean') enabled!: boolean;
  @Column('text', { nullable: true }) disabled_reason!: string | null;
  @Column('timestamptz', { nullable: true }) failing_since!: Date | null;
  /** Names of its keys in the vault, and until when each signs. */
  @Column('json') keys!: unknown;
  @Column('integer') version!: number;
  @Column('timestamptz') created_at!: Date;
  @Column('timestamptz') updated_at!: Date;
  /** The process that sends to it. */
  @Column('text', { nullable: true }) lease_holder!: string | null;
  /** The database's own time. */
  @Column('timestamptz', { nullable: true }) lease_until!: Date | null;
}

/** Something that happened, for one endpoint. Names people by ids alone. */
@Entity('webhook_message')
@Index('webhook_message_due', ['endpoint_id', 'due_at', 'id'], { where: `status = 'waiting'` })
@Index('webhook_message_line', ['endpoint_id', 'subject', 'id'], { where: `status = 'waiting'` })
@Index('webhook_message_subject', ['subject'])
@Index('webhook_message_age', ['at'])
export class WebhookMessageEntity {
  /** `webhook-id`: the same at every try. */
  @PrimaryColumn('uuid') id!: string;
  @PrimaryColumn('uuid') endpoint_id!: string;
  @Column('text') type!: string;
  @Column('text') subject!: string;
  @Column('timestamptz') at!: Date;
  /** As it is sent, to the byte. */
  @Column('text') body!: string;
  @Column('text') status!: string;
  @Column('integer') tries!: number;
  @Column('timestamptz') due_at!: Date;
}

/** One try. */
@Entity('webhook_attempt')
@Index('webhook_attempt_message', ['message_id'])
@Index('webhook_attempt_endpoint', ['endpoint_id', 'id'])
export class WebhookAttemptEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') endpoint_id!: string;
  @Column('uuid') message_id!: string;
  @Column('timestamptz') at!: Date;
  @Column('integer', { nullable: true }) status!: number | null;
  @Column('integer') latency_ms!: number;
  /** The beginning of what was answered, or why nothing was. */
  @Column('text') excerpt!: string;
  @Column('timestamptz', { nullable: true }) next_at!: Date | null;
}
