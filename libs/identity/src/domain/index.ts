export { identifiersOf, type IdentifyingEvent } from './event-identifiers.js';
export { type Identifier, keyOf, normaliseIdentifier, parseIdentifier } from './identifier.js';
export { householdOf } from './household.js';
export * from './matching/index.js';
export {
  DEFAULT_POLICIES,
  DEVICE,
  isBlocked,
  type NamespacePolicies,
  type NamespacePolicy,
  policyOf,
} from './namespace-policy.js';
export * from './partition/index.js';
export {
  fieldsOfTraits,
  type StatedFields,
  type StatedValue,
  type Statement,
  stateFields,
  valuesOf,
} from './source-record.js';
