import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Processes that call a connector with a rate: they share it. */
@Entity('connector_process')
export class ConnectorProcessEntity {
  @PrimaryColumn('text') connector!: string;
  @PrimaryColumn('uuid') process!: string;
  /** The database's own time. */
  @Column('timestamptz') seen_at!: Date;
}
