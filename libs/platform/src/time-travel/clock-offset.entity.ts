import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far business time is ahead of the system's: one row at most. */
@Entity('clock_offset')
export class ClockOffsetEntity {
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'clock_offset_pkey' })
  id!: number;

  /** Milliseconds. */
  @Column('bigint')
  ahead!: string;
}
