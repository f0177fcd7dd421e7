import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One item, as it was last told. */
@Entity('item')
@Index('item_revision', ['revision'])
export class ItemEntity {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'item_pkey' })
  id!: string;

  /** Null: it was removed. The row stays for a while, so that every process hears of it. */
  @Column({ type: 'jsonb', nullable: true })
  doc!: object | null;

  /** The revision of all items that wrote it. */
  @Column({ type: 'integer' })
  revision!: number;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}

/** How often items changed: one row. Whoever changes items holds it, so that revisions come in the order of commits. */
@Entity('item_state')
export class ItemState {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'item_state_pkey' })
  id!: number;

  @Column({ type: 'integer' })
  revision!: number;
}
