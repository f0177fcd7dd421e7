export { identifiersOf, type IdentifyingEvent } from './event-identifiers.js';
export { type Identifier, keyOf, normaliseIdentifier, parseIdentifier } from './identifier.js';
export {
  type GraphChanges,
  IdentityGraph,
  type Merge,
  type Ownership,
  type OwnershipChange,
  type RefusedLink,
} from './identity-graph.js';
export { type IdentityEvent, resolve } from './resolve.js';
export * from './matching/index.js';
