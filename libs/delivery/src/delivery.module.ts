import { Module } from '@nestjs/common';
import { AccessModule } from '@repartee/access';
import { DecisioningModule } from '@repartee/decisioning';
import { GovernanceModule } from '@repartee/governance';
import { MergeParticipantsModule } from '@repartee/identity';
import { ProfileModule } from '@repartee/profile';
import { ActionFactory } from './action-factory.js';
import { DeliveriesController } from './api/deliveries.controller.js';
import { SendHandler } from './api/send.handler.js';
import { Deliveries } from './deliveries.js';
import { MessageTokens } from './message-tokens.js';
import { DeliveryCaps } from './delivery-caps.js';
import { Departures } from './departures.js';
import { Ledger } from './persistence/ledger.js';
import { DeliveryPersonalData } from './persistence/personal-data.js';
import { RetainedDeliveries } from './persistence/retained-deliveries.js';
import { Recipients } from './recipients.js';
import { SendGate } from './send-gate.js';
import { Settlements } from './settlements.js';
import { DeliveryMerges } from './persistence/merge-participant.js';

/** The ledger and the one send gate. Wants `Database`, `Bus`, `Clock`, `CONFIG` and `ConnectorGateway` to be global. */
@Module({
  imports: [AccessModule, DecisioningModule, GovernanceModule, MergeParticipantsModule, ProfileModule],
  controllers: [DeliveriesController, SendHandler],
  providers: [
    DeliveryMerges,
    ActionFactory,
    Departures,
    DeliveryCaps,
    Deliveries,
    DeliveryPersonalData,
    Ledger,
    MessageTokens,
    Recipients,
    RetainedDeliveries,
    SendGate,
    Settlements,
  ],
  exports: [Deliveries, MessageTokens, Settlements],
})
export class DeliveryModule {}
