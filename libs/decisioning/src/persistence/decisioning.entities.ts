import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One zone, offer, treatment and so on, as it was applied. */
@Entity('catalogue_entry')
export class CatalogueEntry {
  @PrimaryColumn({ type: 'text' })
  kind!: string;

  @PrimaryColumn({ type: 'text' })
  key!: string;

  @Column({ type: 'jsonb' })
  doc!: object;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  /** The configuration revision that wrote it. */
  @Column({ type: 'integer' })
  revision!: number;
}

/** What every revision wrote: the catalogue of any revision can be put together again. */
@Entity('catalogue_history')
export class CatalogueHistory {
  @PrimaryColumn({ type: 'text' })
  kind!: string;

  @PrimaryColumn({ type: 'text' })
  key!: string;

  @PrimaryColumn({ type: 'integer' })
  revision!: number;

  /** Null: it was removed. */
  @Column({ type: 'jsonb', nullable: true })
  doc!: object | null;
}

/** Every configuration that was applied. */
@Entity('configuration_revision')
export class ConfigurationRevision {
  @PrimaryColumn({ type: 'integer' })
  revision!: number;

  @Column({ name: 'applied_at', type: 'timestamptz' })
  appliedAt!: Date;

  /** The key that applied it; null where that was not noted. */
  @Column({ name: 'applied_by', type: 'text', nullable: true })
  appliedBy!: string | null;
}

/** The record of one decision; partitioned by month. The document is `json`: it comes back byte for byte. */
@Entity('decision_receipt')
@Index('decision_receipt_profile', ['profileId', 'at'])
export class DecisionReceipt {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @PrimaryColumn({ type: 'timestamptz' })
  at!: Date;

  @Column({ name: 'profile_id', type: 'uuid', nullable: true })
  profileId!: string | null;

  @Column({ type: 'json' })
  receipt!: object;
}
