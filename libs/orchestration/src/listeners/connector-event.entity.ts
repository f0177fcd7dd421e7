import type { HeardEvent } from '@repartee/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Something that a connector is still to hear. It goes when the connector has heard it, or was given up. */
@Entity('connector_event')
@Index('connector_event_due', ['connector', 'due_at', 'id'])
@Index('connector_event_line', ['connector', 'subject', 'id'])
@Index('connector_event_subject', ['subject'])
@Index('connector_event_age', ['at'])
export class ConnectorEventEntity {
  @PrimaryColumn('text') connector!: string;
  @PrimaryColumn('uuid') id!: string;
  /** Whom it is about: told in the order of ids. */
  @Column('text') subject!: string;
  @Column('timestamptz') at!: Date;
  @Column('json') event!: HeardEvent;
  @Column('text', { nullable: true }) traceparent!: string | null;
  @Column('integer') tries!: number;
  /** Business time. */
  @Column('timestamptz') due_at!: Date;
  /** Until when a process tells it; the database's own time. */
  @Column('timestamptz', { nullable: true }) leased_until!: Date | null;
}
