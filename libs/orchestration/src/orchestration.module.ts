import { Module } from '@nestjs/common';
import { AccessModule } from '@repartee/access';
import { DecisioningModule } from '@repartee/decisioning';
import { DeliveryModule } from '@repartee/delivery';
import { DetectionModule } from '@repartee/detection';
import { DialogueModule } from '@repartee/dialogue';
import { CallCenterModule, EngagementModule, KioskModule } from '@repartee/engagement';
import { ExperimentsModule } from '@repartee/experiments';
import { GovernanceModule } from '@repartee/governance';
import { IdentityModule } from '@repartee/identity';
import { IngestionModule } from '@repartee/ingestion';
import { ItemsModule } from '@repartee/items';
import { LearningModule } from '@repartee/learning';
import { HousekeepingModule } from '@repartee/platform';
import { ProfileModule } from '@repartee/profile';
import { ApplyConfiguration } from './apply/apply-configuration.js';
import { ApplyController } from './apply/apply.controller.js';
import { ForetellCosts } from './apply/foretell-costs.js';
import { CallBacks } from './calls/call-backs.js';
import { CallConcludedHandler } from './calls/call-concluded.handler.js';
import { CatalogueEditor } from './catalogue/catalogue-editor.js';
import { ConfigurationAudit } from './catalogue/configuration-audit.js';
import { catalogueWritingControllers } from './catalogue/catalogue.controllers.js';
import { OfferLifeCycle } from './catalogue/offer-life-cycle.js';
import { ApprovalsController, OfferLifeCycleController } from './catalogue/offer-life-cycle.controller.js';
import { ClockController } from './clock/clock.controller.js';
import { ConnectorWebhooksController } from './connector-webhooks/webhooks.controller.js';
import { HearWebhook } from './connector-webhooks/hear-webhook.js';
import { ConnectorsController } from './connectors/connectors.controller.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { CallAtHand } from './decide/call-at-hand.js';
import { Decide } from './decide/decide.js';
import { DecideBatch } from './decide/decide-batch.js';
import { DecideBatchController } from './decide/decide-batch.controller.js';
import { DecisionsController } from './decide/decisions.controller.js';
import { GatherPeople } from './decide/gather-people.js';
import { PersonFinder } from './decide/person-finder.js';
import { ApplyExperiments } from './experiments/apply-experiments.js';
import { CountHappenings } from './experiments/count-happenings.js';
import { DeclaredExperiments } from './experiments/declared-experiments.js';
import { EvaluateFlags } from './experiments/evaluate-flags.js';
import { ExperimentsController } from './experiments/experiments.controller.js';
import { OfrepController } from './experiments/ofrep.controller.js';
import { ReactionTrials } from './experiments/reaction-trials.js';
import { SubjectCheck } from './experiments/subject-check.js';
import { ExplainController } from './explain/explain.controller.js';
import { ExportsController } from './exports/exports.controller.js';
import { HouseholdController } from './household/household.controller.js';
import { SendPhoneCode } from './kiosk/send-phone-code.js';
import { LinksController } from './links/links.controller.js';
import { listenerControllers, listenerProviders } from './listeners/listeners.parts.js';
import { LinkVisits } from './links/link-visits.js';
import { MessageEvents } from './links/message-events.js';
import { PreferencesController } from './links/preferences.controller.js';
import { MatchModelsController } from './match-models/match-models.controller.js';
import { RecordComparison, Rematch } from './match-models/rematch.js';
import { DecideReview } from './match-reviews/decide-review.js';
import { MatchReviewsController } from './match-reviews/match-reviews.controller.js';
import { MergeProfiles } from './merge/merge-profiles.js';
import { MergeController } from './merge/merge.controller.js';
import { Negotiate } from './negotiate/negotiate.js';
import { NegotiationsController } from './negotiate/negotiations.controller.js';
import { ProfileNodes } from './merge/profile-nodes.js';
import { Verdicts } from './merge/verdicts.js';
import { Discretion } from './masking/discretion.js';
import { MessagesController } from './messages/messages.controller.js';
import { EventScreen } from './privacy/event-screen.js';
import { RestrictedEvents } from './privacy/restricted-events.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { ApplyResolution } from './process-event/apply-resolution.js';
import { Assign } from './process-event/assign.js';
import { EventFold } from './process-event/event-fold.js';
import { EventProcessor } from './process-event/event-processor.js';
import { NoteEvents } from './process-event/note-events.js';
import { Resettle } from './process-event/resettle.js';
import { ResponseLearner } from './process-event/response-learner.js';
import { DecideHint } from './profile-edit/decide-hint.js';
import { EntityHintsController } from './profile-edit/entity-hints.controller.js';
import { ProfileEditController } from './profile-edit/profile-edit.controller.js';
import { ProfileEdits } from './profile-edit/profile-edits.js';
import { ContactHandler } from './react/contact.handler.js';
import { DecideOutreach } from './react/decide-outreach.js';
import { Outreach } from './react/outreach.js';
import { Reachable } from './react/reachable.js';
import { ReactHandler } from './react/react.handler.js';
import { ApplyReactions } from './reactions/apply-reactions.js';
import { ReactionEditor } from './reactions/reaction-editor.js';
import { ReactionPlaces } from './reactions/reaction-places.js';
import { ReactionsController } from './reactions/reactions.controller.js';
import { PastRecords } from './replay/past-records.js';
import { ReplayDecision } from './replay/replay-decision.js';
import { ReplayController } from './replay/replay.controller.js';
import { Replacements } from './respond/replacements.js';
import { Respond } from './respond/respond.js';
import { ResponsesController } from './respond/responses.controller.js';
import { SecretsController } from './secrets/secrets.controller.js';
import { FollowTopics } from './stream/follow-topics.js';
import { PushBrowsers } from './push/push-browsers.js';
import { PushController } from './push/push.controller.js';
import { OwnOffers } from './stream/own-offers.js';
import { PresentOffers } from './stream/present-offers.js';
import { StreamController } from './stream/stream.controller.js';
import { Topics } from './stream/topics.js';
import { SplitProfile } from './split/split-profile.js';
import { SplitController } from './split/split.controller.js';
import { ProcessedEvents } from './visibility/processed-events.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';
import { deskControllers, deskProviders } from './desk/desk.parts.js';
import { factsControllers, factsProviders } from './facts/facts.parts.js';
import { simulateControllers, simulateProviders } from './simulate/simulate.parts.js';
import { WhyNotController } from './why-not/why-not.controller.js';
import { WebSessionController } from './web-session/web-session.controller.js';

/** The use cases that cross scopes. */
@Module({
  imports: [
    AccessModule,
    IngestionModule,
    IdentityModule,
    ProfileModule,
    DetectionModule,
    ItemsModule,
    LearningModule,
    DecisioningModule,
    DeliveryModule,
    DialogueModule,
    EngagementModule,
    KioskModule,
    CallCenterModule,
    ExperimentsModule,
    GovernanceModule,
    HousekeepingModule,
    PrivacyModule,
    WebhooksModule,
  ],
  controllers: [
    ApplyController,
    CallConcludedHandler,
    ContactHandler,
    ...catalogueWritingControllers,
    ...simulateControllers,
    ...factsControllers,
    ...deskControllers,
    ...listenerControllers,
    ApprovalsController,
    OfferLifeCycleController,
    ClockController,
    ConnectorsController,
    ConnectorWebhooksController,
    DeadLettersController,
    DecideBatchController,
    DecisionsController,
    ExperimentsController,
    ExplainController,
    ExportsController,
    HouseholdController,
    EntityHintsController,
    LinksController,
    MatchModelsController,
    MatchReviewsController,
    MergeController,
    MessagesController,
    NegotiationsController,
    OfrepController,
    PreferencesController,
    ProfileEditController,
    PushController,
    ReactHandler,
    ReactionsController,
    ReplayController,
    ResponsesController,
    SecretsController,
    SplitController,
    StreamController,
    WebSessionController,
    WhyNotController,
  ],
  providers: [
    ...simulateProviders,
    ...factsProviders,
    ...deskProviders,
    ...listenerProviders,
    ApplyConfiguration,
    ApplyResolution,
    ApplyExperiments,
    ApplyReactions,
    CatalogueEditor,
    ConfigurationAudit,
    Negotiate,
    OfferLifeCycle,
    Assign,
    CountHappenings,
    CallAtHand,
    CallBacks,
    Decide,
    DecideBatch,
    DecideHint,
    Discretion,
    HearWebhook,
    DeclaredExperiments,
    EvaluateFlags,
    DecideReview,
    EventFold,
    EventProcessor,
    EventScreen,
    ForetellCosts,
    NoteEvents,
    FollowTopics,
    GatherPeople,
    MergeProfiles,
    LinkVisits,
    MessageEvents,
    DecideOutreach,
    Outreach,
    OwnOffers,
    PersonFinder,
    PresentOffers,
    ProcessedEvents,
    ProfileEdits,
    ProfileNodes,
    RecordComparison,
    PushBrowsers,
    Reachable,
    ReactionEditor,
    ReactionPlaces,
    ReactionTrials,
    Rematch,
    PastRecords,
    ReplayDecision,
    Replacements,
    Respond,
    Resettle,
    ResponseLearner,
    RestrictedEvents,
    SendPhoneCode,
    SplitProfile,
    SubjectCheck,
    Topics,
    Verdicts,
  ],
  exports: [ApplyConfiguration],
})
export class OrchestrationModule {}
