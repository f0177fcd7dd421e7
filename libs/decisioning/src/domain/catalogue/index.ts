export {
  CATALOGUE_LISTS,
  catalogueKinds,
  catalogueSchema,
  groupSchema,
  issueSchema,
  offerSchema,
  treatmentSchema,
  zoneSchema,
  type BusinessIssue,
  type CatalogueEntries,
  type CatalogueEntry,
  type CatalogueDocument,
  type CatalogueKind,
  type CatalogueList,
  type CatalogueSection,
  type Offer,
  type OfferGroup,
  type Treatment,
  type Zone,
} from './catalogue-schema.js';
export {
  AttributeBook,
  attributeSchema,
  attributesSchema,
  attributeValuesSchema,
  attributeVariables,
  flawOfValue,
  type Attribute,
  type AttributeChecks,
  type AttributeType,
  type AttributeValue,
  type AttributeValues,
} from './attributes/index.js';
export { sameJson } from './same-json.js';
export {
  asked,
  BY_ITSELF,
  bodyOf,
  calledOff,
  granted,
  guardOffers,
  inForceAt,
  lifeActions,
  phasesOf,
  rejected,
  stepBetween,
  wantsApproval,
  type LifeAction,
  type LifeWord,
  type OfferDocument,
  type Phase,
  type Writing,
} from './life/index.js';
export { capDimensions, policySchema, type CapDimension, type Policy } from './policy-schema.js';
export { compileCatalogue, type CompiledContents, type CompileOptions } from './compile-catalogue.js';
export { issuesOf, pointerTo, type Issue } from './issue.js';
export { mergeCatalogue, planCatalogue, type CataloguePlan, type EntryRef } from './merge-catalogue.js';
export { engagementLevels, engagementQuestions } from './snapshot.js';
export { MICROS } from './money.js';
export { periodEnd, periodName, periods, TimeZones, type Period } from './time-zones.js';
export type {
  CatalogueSnapshot,
  CompiledCap,
  CompiledContactPolicy,
  CompiledControl,
  CompiledLimit,
  CompiledOverride,
  CompiledOffer,
  ContactTarget,
  CompiledTreatment,
  CompiledZone,
  OfferFacts,
  OfferTiming,
  EngagementLevel,
  EngagementQuestion,
  EngagementRule,
  SharedRule,
  Standing,
  Suppression,
  Suppressions,
  ZoneCandidate,
} from './snapshot.js';
export { type CompiledRecommendation, type OfferItems, type Recommendation } from './items/index.js';
