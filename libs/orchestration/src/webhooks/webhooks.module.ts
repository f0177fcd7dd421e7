import { Module } from '@nestjs/common';
import { AccessModule } from '@repartee/access';
import { GovernanceModule } from '@repartee/governance';
import { HousekeepingModule } from '@repartee/platform';
import { ConfigurationAudit } from '../catalogue/configuration-audit.js';
import { EndpointDesk } from './endpoint-desk.js';
import { EndpointStore } from './endpoint-store.js';
import { HearDecisions } from './hear-decisions.js';
import { MessageStore } from './message-store.js';
import { WebhookAttemptsController } from './webhook-attempts.controller.js';
import { WebhookEndpointsController } from './webhook-endpoints.controller.js';
import { WebhookLanes } from './webhook-lanes.js';
import { WebhookPersonalData } from './webhook-personal-data.js';
import { WebhookSender } from './webhook-sender.js';

/** Tells others what happened. */
@Module({
  imports: [AccessModule, GovernanceModule, HousekeepingModule],
  controllers: [WebhookEndpointsController, WebhookAttemptsController],
  providers: [
    ConfigurationAudit,
    EndpointDesk,
    EndpointStore,
    HearDecisions,
    MessageStore,
    WebhookLanes,
    WebhookPersonalData,
    WebhookSender,
  ],
})
export class WebhooksModule {}
