import { Module } from '@nestjs/common';
import { GovernanceModule } from '@repartee/governance';
import { IdentityPolicies } from './identity-policies.js';
import { IdentityResolver } from './identity-resolver.js';
import { MergeParticipants } from './merge-participants.js';
import { GraphStore } from './persistence/graph-store.js';
import { IdentityPersonalData } from './persistence/personal-data.js';
import { ProfileAliases } from './persistence/profile-aliases.js';
import { ReviewStore } from './persistence/review-store.js';
import { VerdictStore } from './persistence/verdict-store.js';

@Module({
  imports: [GovernanceModule],
  providers: [
    GraphStore,
    IdentityPersonalData,
    IdentityResolver,
    MergeParticipants,
    ProfileAliases,
    ReviewStore,
    VerdictStore,
    { provide: IdentityPolicies, useFactory: () => new IdentityPolicies() },
  ],
  exports: [
    GraphStore,
    IdentityPersonalData,
    IdentityPolicies,
    IdentityResolver,
    MergeParticipants,
    ProfileAliases,
    ReviewStore,
    VerdictStore,
  ],
})
export class IdentityModule {}
