import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What the events of one transaction add to the counts; waits to be added. Holds nothing of people. */
@Entity('item_signal')
export class ItemSignals {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'item_signal_pkey' })
  id!: string;

  @Column({ type: 'json' })
  signals!: object;
}

/** How often an item was met; decays. */
@Entity('item_count')
@Index('item_count_revision', ['revision'])
export class ItemCount {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'item_count_pkey' })
  counter!: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'item_count_pkey' })
  item!: string;

  /** Its logarithm at the epoch: see `src/domain/recommend/decay.ts`. */
  @Column({ type: 'double precision' })
  level!: number;

  /** The revision of all counts that changed it, or one of its pairs, last. */
  @Column({ type: 'integer' })
  revision!: number;
}

/** How often two items were met together; decays. Each pair stands here from both sides. */
@Entity('item_pair')
export class ItemPair {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'item_pair_pkey' })
  counter!: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'item_pair_pkey' })
  item!: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'item_pair_pkey' })
  other!: string;

  @Column({ type: 'double precision' })
  level!: number;
}

/** How often counts changed, and how they decay: one row. Whoever changes counts holds it. */
@Entity('recommendation_state')
export class RecommendationState {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'recommendation_state_pkey' })
  id!: number;

  @Column({ type: 'integer' })
  revision!: number;

  /** Null: as the product ships. */
  @Column({ type: 'jsonb', nullable: true })
  settings!: object | null;

  /** How often settings changed. */
  @Column({ type: 'integer' })
  version!: number;
}
