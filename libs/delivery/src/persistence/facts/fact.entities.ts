import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Something a provider reported, kept before it got its reply. Worked off, its id alone stays: it counts once. */
@Entity('connector_fact')
@Index('connector_fact_once', ['connector', 'fact_id'], { unique: true })
@Index('connector_fact_age', ['heard_at'])
@Index('connector_fact_waiting', ['id'], { where: 'done_at IS NULL' })
export class ConnectorFactEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') connector!: string;
  /** Hash of the provider's id, or of the content where it gave none. */
  @Column('text') fact_id!: string;
  @Column('text') kind!: string;
  @Column('timestamptz') heard_at!: Date;
  @Column('json', { nullable: true }) fact!: unknown;
  @Column('timestamptz', { nullable: true }) done_at!: Date | null;
}

/** How far a connector's mailbox or feed was read, by whom now, and how that goes. */
@Entity('connector_poll')
export class ConnectorPollEntity {
  @PrimaryColumn('text') connector!: string;
  @Column('text', { nullable: true }) cursor!: string | null;
  @Column('text') lease_holder!: string;
  @Column('timestamptz') lease_until!: Date;
  @Column('timestamptz', { nullable: true }) succeeded_at!: Date | null;
  @Column('integer') failures!: number;
  @Column('text', { nullable: true }) detail!: string | null;
}

/** What was heard of an address on a channel: bounces, proofs that it is read, consent that it said itself. */
@Entity('address_state')
export class AddressStateEntity {
  @PrimaryColumn('text') channel!: string;
  @PrimaryColumn('text') address!: string;
  @Column('json') state!: unknown;
}

export const factEntities = [ConnectorFactEntity, ConnectorPollEntity, AddressStateEntity];
