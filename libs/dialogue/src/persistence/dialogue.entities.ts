import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InboundReviewEntity } from './reviews/inbound-review.entity.js';

/** One conversation with one person, over channels and time. */
@Entity('dialogue')
@Index('dialogue_profile', ['profile_id', 'last_turn_at'])
export class DialogueEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { nullable: true }) profile_id!: string | null;
  @Column('text', { nullable: true }) anonymous_id!: string | null;
  @Column('timestamptz') opened_at!: Date;
  @Column('timestamptz') last_turn_at!: Date;
}

/** What was said in a conversation, by whom, where. */
@Entity('dialogue_turn')
export class DialogueTurnEntity {
  @PrimaryColumn('uuid') dialogue_id!: string;
  @PrimaryColumn('uuid') id!: string;
  @Column('timestamptz') at!: Date;
  @Column('text') speaker!: string;
  @Column('text') channel!: string;
  @Column('json') said!: unknown;
}

export const dialogueEntities = [DialogueEntity, DialogueTurnEntity, InboundReviewEntity];
