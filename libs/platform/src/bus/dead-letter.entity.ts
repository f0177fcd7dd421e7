import type { CloudEvent } from '@repartee/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A message that was given up, kept for a person to read and replay. Its id is the message's. */
@Entity('dead_letter')
@Index('dead_letter_newest', ['failedAt', 'id'])
export class DeadLetterEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'dead_letter_pkey' })
  id!: string;

  @Column('text')
  type!: string;

  @Column('json')
  event!: CloudEvent;

  @Column('smallint')
  attempts!: number;

  /** `permanent`, `exhausted` or `lapsed`. */
  @Column('text')
  cause!: string;

  /** What the handler said. */
  @Column('text')
  reason!: string;

  @Column('timestamptz', { name: 'failed_at' })
  failedAt!: Date;

  @Column('timestamptz', { name: 'replayed_at', nullable: true })
  replayedAt!: Date | null;
}
