import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { deviceEntities } from './devices/device.entities.js';
import { kioskEntities } from './kiosk/kiosk.entities.js';
import { callCenterEntities } from './call-center.entities.js';

/** What was pushed to a person's open pages; kept for minutes, for those who come back with `Last-Event-ID`. */
@Entity('session_offer')
@Index('session_offer_profile', ['profile_id', 'id'])
export class SessionOfferEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'session_offer_pkey' }) id!: string;
  @Column('uuid') profile_id!: string;
  @Column('timestamptz', { nullable: true }) expires_at!: Date | null;
  @Column('json') body!: unknown;
}

/** Which visitors have a page open, in which process, under a lease. */
@Entity('session_presence')
@Index('session_presence_expires', ['expires_at'])
export class SessionPresenceEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'session_presence_pkey' }) anonymous_id!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'session_presence_pkey' }) process_id!: string;
  @Column('text', { nullable: true }) user_id!: string | null;
  @Column('timestamptz') expires_at!: Date;
}

/** Tickets that have opened a stream: none opens a second one. */
@Entity('spent_ticket')
@Index('spent_ticket_expires', ['expires_at'])
export class SpentTicketEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'spent_ticket_pkey' }) id!: string;
  @Column('timestamptz') expires_at!: Date;
}

/** Where a visitor's browser takes messages while no page is open (RFC 8030, RFC 8291). */
@Entity('push_subscription')
@Index('push_subscription_endpoint', ['endpoint'], { unique: true })
@Index('push_subscription_visitor', ['anonymous_id'])
export class PushSubscriptionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'push_subscription_pkey' }) id!: string;
  @Column('text') anonymous_id!: string;
  @Column('text', { nullable: true }) user_id!: string | null;
  @Column('text') source!: string;
  @Column('text') endpoint!: string;
  @Column('text') p256dh!: string;
  @Column('text') auth!: string;
  @Column('timestamptz') created_at!: Date;
}

export const engagementEntities = [
  SessionOfferEntity,
  SessionPresenceEntity,
  SpentTicketEntity,
  PushSubscriptionEntity,
  ...deviceEntities,
  ...kioskEntities,
  ...callCenterEntities,
];
