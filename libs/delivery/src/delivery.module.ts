import { Module } from '@nestjs/common';
import { AccessModule } from '@repartee/access';
import { DecisioningModule } from '@repartee/decisioning';
import { GovernanceModule } from '@repartee/governance';
import { MergeParticipantsModule } from '@repartee/identity';
import { HousekeepingModule } from '@repartee/platform';
import { ProfileModule } from '@repartee/profile';
import { ActionFactory } from './action-factory.js';
import { AddressBook } from './address-book.js';
import { DeliveriesController } from './api/deliveries.controller.js';
import { LostAddressHandler } from './api/lost-address.handler.js';
import { OutboundController } from './api/outbound.controller.js';
import { OutcomeHandler } from './api/outcome.handler.js';
import { Conclusions } from './conclusions.js';
import { Deliveries } from './deliveries.js';
import { MessageTokens } from './message-tokens.js';
import { DeliveryCaps } from './delivery-caps.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { Departures } from './departures.js';
import { DispatchBell } from './dispatch-bell.js';
import { Dispatcher } from './dispatcher.js';
import { LaneParts } from './lane-parts.js';
import { Stragglers } from './stragglers.js';
import { Attempts } from './persistence/attempts.js';
import { DueQueue } from './persistence/due-queue.js';
import { Ledger } from './persistence/ledger.js';
import { DeliveryPersonalData } from './persistence/personal-data.js';
import { RetainedDeliveries } from './persistence/retained-deliveries.js';
import { Pauses } from './persistence/pauses.js';
import { QuietTimes } from './quiet-times.js';
import { Recipients } from './recipients.js';
import { SendGate } from './send-gate.js';
import { StartedAttempts } from './started-attempts.js';
import { UnknownDeliveries } from './unknown-deliveries.js';
import { WayOut } from './way-out.js';
import { Settlements } from './settlements.js';
import { DeliveryMerges } from './persistence/merge-participant.js';

/** The ledger and the one send gate. Wants `Database`, `Bus`, `Clock`, `CONFIG` and `ConnectorGateway` to be global. */
@Module({
  imports: [
    AccessModule,
    DecisioningModule,
    GovernanceModule,
    HousekeepingModule,
    MergeParticipantsModule,
    ProfileModule,
  ],
  controllers: [DeliveriesController, LostAddressHandler, OutboundController, OutcomeHandler],
  providers: [
    DeliveryMerges,
    ActionFactory,
    AddressBook,
    Attempts,
    Conclusions,
    Departures,
    DispatchBell,
    Dispatcher,
    DueQueue,
    LaneParts,
    DeliveryCaps,
    Deliveries,
    DeliveryMetrics,
    DeliveryPersonalData,
    Ledger,
    MessageTokens,
    Pauses,
    QuietTimes,
    Recipients,
    RetainedDeliveries,
    SendGate,
    Settlements,
    StartedAttempts,
    Stragglers,
    UnknownDeliveries,
    WayOut,
  ],
  exports: [AddressBook, Deliveries, MessageTokens, Settlements],
})
export class DeliveryModule {}
