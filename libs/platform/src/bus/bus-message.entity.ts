import type { CloudEvent } from '@repartee/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The outbox and the queue in one table, partitioned by slot (see `slots.ts`).
 * A row without lease waits; one with a lease is in a worker's hands until `leasedUntil`.
 */
@Entity('bus_message')
@Index('bus_message_due', ['type', 'availableAt', 'id'], { where: '"lease" IS NULL' })
@Index('bus_message_leased', ['leasedUntil'], { where: '"lease" IS NOT NULL' })
export class BusMessageEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'bus_message_pkey' })
  id!: string;

  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'bus_message_pkey' })
  slot!: number;

  @Column('text')
  type!: string;

  @Column('json')
  event!: CloudEvent;

  /** Business time. */
  @Column('timestamptz', { name: 'available_at' })
  availableAt!: Date;

  /** The database's own time: a lease must not lapse because business time was moved. */
  @Column('timestamptz', { name: 'leased_until', nullable: true })
  leasedUntil!: Date | null;

  /** The claim that holds the row. What a worker does to a row must name it, so an outdated worker does nothing. */
  @Column('uuid', { nullable: true })
  lease!: string | null;

  /** How often it was claimed. */
  @Column('smallint', { default: 0 })
  attempts!: number;
}
