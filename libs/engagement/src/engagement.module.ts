import { Module } from '@nestjs/common';
import { AccessModule } from '@repartee/access';
import { GovernanceModule } from '@repartee/governance';
import { HousekeepingModule } from '@repartee/platform';
import { StreamTickets } from './api/stream-tickets.js';
import { Streams } from './api/streams.js';
import { EngagementPersonalData } from './persistence/personal-data.js';
import { Presence } from './persistence/presence.js';
import { PushSubscriptions } from './persistence/push-subscriptions.js';
import { SessionOffers } from './persistence/session-offers.js';
import { SpentTickets } from './persistence/spent-tickets.js';

/** Who is here now. Wants `Database` and `Clock` to be global. */
@Module({
  imports: [AccessModule, GovernanceModule, HousekeepingModule],
  providers: [
    EngagementPersonalData,
    Presence,
    PushSubscriptions,
    SessionOffers,
    SpentTickets,
    Streams,
    StreamTickets,
  ],
  exports: [Presence, PushSubscriptions, SessionOffers, Streams, StreamTickets],
})
export class EngagementModule {}
