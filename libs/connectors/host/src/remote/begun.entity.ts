import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Attempts that a host of its own has begun; without an outcome, what became of one is not known. Holds nothing of people. */
@Entity('connector_begun')
@Index('connector_begun_age', ['begun_at'])
export class ConnectorBegunEntity {
  @PrimaryColumn('uuid') attempt_id!: string;
  @Column('text') connector!: string;
  /** The database's own time. */
  @Column('timestamptz') begun_at!: Date;
  /** How it ended, without the provider's words. */
  @Column('json', { nullable: true }) outcome!: unknown;
}
