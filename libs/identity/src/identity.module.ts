import { Module } from '@nestjs/common';
import { GovernanceModule } from '@repartee/governance';
import { CONFIG, type Config, HousekeepingModule } from '@repartee/platform';
import { MatchModels } from './api/matching/match-models.js';
import { StreamingMatcher } from './api/matching/streaming-matcher.js';
import { ModelLearning } from './api/matching/model-learning.js';
import { MatchModelStore } from './persistence/match-model-store.js';
import { MatchEdges } from './persistence/match-edges.js';
import { RematchBacklog } from './persistence/rematch-backlog.js';
import { SourceRecords } from './persistence/source-records.js';
import { IdentityExplainer } from './identity-explainer.js';
import { IdentityPolicies, POLICY_VARIABLE } from './identity-policies.js';
import { IdentityResolver } from './identity-resolver.js';
import { MergeParticipantsModule } from './merge-participants.module.js';
import { GraphStore } from './persistence/graph-store.js';
import { IdentityPersonalData } from './persistence/personal-data.js';
import { ProfileAliases } from './persistence/profile-aliases.js';
import { ReviewStore } from './persistence/review-store.js';
import { VerdictStore } from './persistence/verdict-store.js';

@Module({
  imports: [GovernanceModule, HousekeepingModule, MergeParticipantsModule],
  providers: [
    GraphStore,
    MatchEdges,
    MatchModels,
    MatchModelStore,
    ModelLearning,
    RematchBacklog,
    SourceRecords,
    StreamingMatcher,
    IdentityExplainer,
    IdentityPersonalData,
    IdentityResolver,
    ProfileAliases,
    ReviewStore,
    VerdictStore,
    {
      provide: IdentityPolicies,
      inject: [{ token: CONFIG, optional: true }],
      useFactory: (config?: Config) => {
        const policies = IdentityPolicies.read(config?.environment[POLICY_VARIABLE]);
        if (!policies.ok) throw new Error(policies.failure);
        return policies.value;
      },
    },
  ],
  exports: [
    IdentityExplainer,
    MatchEdges,
    MatchModels,
    MatchModelStore,
    ModelLearning,
    RematchBacklog,
    SourceRecords,
    StreamingMatcher,
    GraphStore,
    IdentityPersonalData,
    IdentityPolicies,
    IdentityResolver,
    MergeParticipantsModule,
    ProfileAliases,
    ReviewStore,
    VerdictStore,
  ],
})
export class IdentityModule {}
