import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Words of a person that a human should look at: is it a refusal, does it want an answer? */
@Entity('inbound_review')
@Index('inbound_review_open', ['id'], { where: "state = 'open'" })
@Index('inbound_review_at', ['at'])
@Index('inbound_review_profile', ['profile_id'])
export class InboundReviewEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('timestamptz') at!: Date;
  @Column('text') connector!: string;
  @Column('text') channel!: string;
  @Column('text') address!: string;
  @Column('text', { nullable: true }) sender!: string | null;
  @Column('uuid', { nullable: true }) profile_id!: string | null;
  @Column('uuid', { nullable: true }) dialogue_id!: string | null;
  @Column('text') text!: string;
  @Column('json') media!: unknown;
  @Column('boolean') looks_like_refusal!: boolean;
  @Column('text') state!: string;
  @Column('timestamptz', { nullable: true }) decided_at!: Date | null;
  @Column('text', { nullable: true }) decided_by!: string | null;
}
