import { Module } from '@nestjs/common';
import { AccessModule } from '@repartee/access';
import { ExperimentsModule } from '@repartee/experiments';
import { GovernanceModule } from '@repartee/governance';
import { MergeParticipantsModule } from '@repartee/identity';
import { ItemsModule } from '@repartee/items';
import { LearningModule } from '@repartee/learning';
import { HousekeepingModule } from '@repartee/platform';
import { CapAuthority } from './api/cap-authority.js';
import { CapKeeper } from './api/cap-keeper.js';
import { catalogueControllers } from './api/catalogue.controllers.js';
import { CatalogueReader } from './api/catalogue-reader.js';
import { Catalogue } from './api/catalogue.js';
import { DecisionTrials } from './api/decision-trials.js';
import { Decisions } from './api/decisions.js';
import { HardCaps } from './api/hard-caps.js';
import { ImpactArms } from './api/impact-arms.js';
import { ImpactOutcomes } from './api/impact-outcomes.js';
import { ImpactController } from './api/impact.controller.js';
import { ImpactReports } from './api/impact-reports.js';
import { Negotiations } from './api/negotiations.js';
import { NegotiationStore } from './persistence/negotiation-store.js';
import { RetainedNegotiations } from './persistence/retained-negotiations.js';
import { OfferPresenter } from './api/offer-presenter.js';
import { OfferTokens } from './api/offer-tokens.js';
import { Receipts } from './api/receipts.js';
import { FirstChances } from './api/first-chances.js';
import { PastPeople } from './api/past-people.js';
import { Replays } from './api/replays.js';
import { CapRoom } from './api/cap-room.js';
import { WhyNot } from './api/why-not.js';
import { SendObjections } from './api/send-objections.js';
import { ReceiptsController } from './api/receipts.controller.js';
import { FirstChoices } from './api/first-choices.js';
import { WhatIf } from './api/what-if.js';
import { CapStore } from './persistence/cap-store.js';
import { CatalogueStore } from './persistence/catalogue-store.js';
import { DecisioningPersonalData } from './persistence/personal-data.js';
import { RetainedReceipts } from './persistence/retained-receipts.js';
import { ReceiptStore } from './persistence/receipt-store.js';
import { Rosters } from './persistence/rosters.js';
import { ReceiptMerges } from './persistence/merge-participant.js';
import { RetainedStudies, StudyPersonalData, StudyStore } from './persistence/studies/index.js';

/** The catalogue, decisions and their receipts. Wants `Database`, `Clock`, `CONFIG` and `ContentRenderer` to be global. */
@Module({
  imports: [
    HousekeepingModule,
    AccessModule,
    GovernanceModule,
    MergeParticipantsModule,
    LearningModule,
    ItemsModule,
    ExperimentsModule,
  ],
  controllers: [...catalogueControllers, ReceiptsController, ImpactController],
  providers: [
    ReceiptMerges,
    CapAuthority,
    CapKeeper,
    CapRoom,
    CapStore,
    HardCaps,
    Catalogue,
    CatalogueReader,
    CatalogueStore,
    DecisioningPersonalData,
    Decisions,
    DecisionTrials,
    ImpactArms,
    ImpactOutcomes,
    ImpactReports,
    Negotiations,
    NegotiationStore,
    RetainedNegotiations,
    OfferPresenter,
    OfferTokens,
    Receipts,
    ReceiptStore,
    Rosters,
    FirstChances,
    PastPeople,
    Replays,
    SendObjections,
    RetainedReceipts,
    FirstChoices,
    RetainedStudies,
    StudyPersonalData,
    StudyStore,
    WhatIf,
    WhyNot,
  ],
  exports: [
    Catalogue,
    CatalogueReader,
    Decisions,
    FirstChoices,
    HardCaps,
    ImpactOutcomes,
    Negotiations,
    OfferTokens,
    Receipts,
    FirstChances,
    PastPeople,
    Replays,
    SendObjections,
    StudyStore,
    WhatIf,
    WhyNot,
  ],
})
export class DecisioningModule {}
