import { Module } from '@nestjs/common';
import { AccessModule } from '@repartee/access';
import { DecisioningModule } from '@repartee/decisioning';
import { GovernanceModule } from '@repartee/governance';
import { MergeParticipantsModule } from '@repartee/identity';
import { HousekeepingModule } from '@repartee/platform';
import { ProfileModule } from '@repartee/profile';
import { ActionFactory } from './action-factory.js';
import { AddressBook } from './address-book.js';
import { AddressStates } from './persistence/address-states.js';
import { DeliveriesController } from './api/deliveries.controller.js';
import { LostAddressHandler } from './api/lost-address.handler.js';
import { OutboundController } from './api/outbound.controller.js';
import { OutcomeHandler } from './api/outcome.handler.js';
import { Conclusions } from './conclusions.js';
import { Deliveries } from './deliveries.js';
import { MessageTokens } from './message-tokens.js';
import { FactStore } from './persistence/facts/fact-store.js';
import { FactPersonalData } from './persistence/facts/personal-data.js';
import { Polling } from './polling.js';
import { DeliveryCaps } from './delivery-caps.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { Departures } from './departures.js';
import { DispatchBell } from './dispatch-bell.js';
import { Dispatcher } from './dispatcher.js';
import { LaneParts } from './lane-parts.js';
import { EarlierWords } from './earlier-words.js';
import { Enquiries } from './enquiries.js';
import { Stragglers } from './stragglers.js';
import { Attempts } from './persistence/attempts.js';
import { DueQueue } from './persistence/due-queue.js';
import { Ledger } from './persistence/ledger.js';
import { DeliveryPersonalData } from './persistence/personal-data.js';
import { RetainedDeliveries } from './persistence/retained-deliveries.js';
import { Pauses } from './persistence/pauses.js';
import { QuietTimes } from './quiet-times.js';
import { Recipients } from './recipients.js';
import { Receipts } from './receipts.js';
import { SendGate } from './send-gate.js';
import { SendHolds } from './send-holds.js';
import { StartedAttempts } from './started-attempts.js';
import { UnknownDeliveries } from './unknown-deliveries.js';
import { WayOut } from './way-out.js';
import { Settlements } from './settlements.js';
import { ToldFacts } from './told-facts.js';
import { DeliveryMerges } from './persistence/merge-participant.js';

/** The ledger and the one send gate. Wants `Database`, `Bus`, `Clock`, `CONFIG`, `ConnectorGateway` and `FactSources` to be global. */
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
    AddressStates,
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
    FactPersonalData,
    FactStore,
    Ledger,
    MessageTokens,
    Pauses,
    Polling,
    Receipts,
    QuietTimes,
    Recipients,
    RetainedDeliveries,
    SendGate,
    SendHolds,
    Settlements,
    ToldFacts,
    StartedAttempts,
    EarlierWords,
    Enquiries,
    Stragglers,
    UnknownDeliveries,
    WayOut,
  ],
  exports: [
    AddressBook,
    AddressStates,
    Deliveries,
    EarlierWords,
    FactStore,
    MessageTokens,
    Polling,
    Receipts,
    SendHolds,
    Settlements,
  ],
})
export class DeliveryModule {}
