import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What was negotiated over one offer of one decision, round by round. */
@Entity('offer_negotiation')
@Index('offer_negotiation_asked', ['decisionId', 'offer', 'negotiationId'], { unique: true })
@Index('offer_negotiation_profile', ['profileId'])
@Index('offer_negotiation_at', ['at'])
export class OfferNegotiation {
  @PrimaryColumn({ name: 'decision_id', type: 'uuid' })
  decisionId!: string;

  @PrimaryColumn({ type: 'text' })
  offer!: string;

  /** The round, from 1: the latest counts. */
  @PrimaryColumn({ type: 'integer' })
  number!: number;

  /** Names the question, so that asking twice is done once. */
  @Column({ name: 'negotiation_id', type: 'text' })
  negotiationId!: string;

  @Column({ type: 'text' })
  agent!: string;

  @Column({ type: 'json' })
  terms!: object;

  /** Millionths of the currency. */
  @Column({ type: 'bigint' })
  cost!: string;

  /** `open`, `accepted`, or `released` when what was kept for it was given back. */
  @Column({ type: 'text' })
  status!: string;

  @Column({ name: 'profile_id', type: 'uuid', nullable: true })
  profileId!: string | null;

  @Column({ type: 'timestamptz' })
  at!: Date;
}
