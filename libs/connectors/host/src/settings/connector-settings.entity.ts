import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What somebody stored of a connector's settings. Secrets are in the vault. A connector that had some keeps its row. */
@Entity('connector_settings')
export class ConnectorSettingsEntity {
  @PrimaryColumn('text') connector!: string;
  /** Values of settings that are no secrets. */
  @Column('json') settings!: unknown;
  /** Counts changes; processes go by it. */
  @Column('integer') version!: number;
  @Column('timestamptz') updated_at!: Date;
  @Column('text') updated_by!: string;
}
