export { claimantOf } from './claims.js';
export { namesPerson } from './names-person.js';
export { type DropReason as LinkDropReason } from './clusters.js';
export { type DroppedEdge as DroppedLink, type Edge, type MatchLink, type MatchRules } from './edges.js';
export {
  type Evidence,
  evidenceOf,
  type IdentityEvent,
  isEarlier,
  isProof,
  type Link,
  linkKey,
  type SignOut,
} from './evidence.js';
export { findOwner, type RowLookup } from './find-owner.js';
export {
  type GraphReader,
  type GraphSlice,
  type HeldRow,
  loadComponent,
  LoadedComponent,
} from './load-component.js';
export {
  baseOf,
  CLAIM,
  claimKey,
  identifierOf,
  isClaim,
  isDevice,
  namespaceOf,
  partsOfClaim,
  sinceOf,
  spanKey,
} from './node.js';
export { type Holding } from './holding.js';
export { type Component, type Partition, partition, type Verdict } from './partition.js';
export { type Merge, type Parting, planProfiles, type ProfilePlan } from './plan-profiles.js';
export {
  allSeeds,
  byKey,
  holdingsOf,
  keysOf,
  type News,
  newsOf,
  type OwnedIdentifier,
  type ProfileHoldings,
  type Resolution,
} from './resolution.js';
export { type Fresh, overlay, type Settled, settle, type Told } from './settle.js';
export { type ExplainedLink, explainLink, explainMembers, type LinkExplanation } from './explain.js';
