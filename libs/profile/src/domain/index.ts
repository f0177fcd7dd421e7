export {
  type ConsentEntry,
  type ConsentProof,
  type ConsentStatus,
  consentStatuses,
} from './consents/consent.js';
export {
  ALL_PURPOSES,
  type ConsentAsked,
  consentCovers,
  consentKey,
  consentSubject,
  type ConsentSubject,
  standingConsent,
} from './consents/consent-scope.js';
export type { ConsentPayload } from './consents/reduce-consents.js';
export {
  type Contact,
  type ContactHistory,
  type ContactOutcome,
  contactOutcomes,
  CONTACTS_KEPT,
  noteContact,
  readContactKey,
} from './contact-history.js';
export { type CartLine, cartLines } from './cart.js';
export {
  type Cart,
  emptyRecord,
  type GoldenRecord,
  type HeldIdentifier,
  type OfferMemory,
} from './golden-record.js';
export {
  type ItemEncounter,
  type ItemMemory,
  ITEMS_REMEMBERED,
  type MetItems,
  metItems,
} from './item-memory.js';
export { foldEvents } from './fold-events.js';
export { RecordCompletion } from './derived-traits.js';
export { mergeRecords } from './merge-records.js';
export { fromMinor, toMinor } from './money.js';
export {
  adjustTotals,
  applyOrderFact,
  mergeOrders,
  type OrderFact,
  orderFact,
  type OrderState,
  totalsOf,
} from './orders.js';
export {
  computedTraits,
  type EventSummary,
  type OfferSummary,
  type ProfileView,
  standingValues,
  STRANGER,
  viewOf,
} from './profile-view.js';
export {
  diagnoseRule,
  type FactRelation,
  factRelations,
  type FailedCondition,
  type NeededFact,
  type RuleDiagnosis,
  withFacts,
} from './diagnosis/index.js';
export { mayUseProfile } from './profile-use.js';
export { type ProfileDocument, profileDocument } from './profile-document.js';
export type { RecordEvent } from './record-event.js';
export { FieldReaders } from './field-readers.js';
export { reduceEvent } from './reduce-event.js';
export {
  compileRule,
  compileTexts,
  type Rule,
  type RuleError,
  type RuleVariables,
  type TextsExpression,
  type Verdict,
} from './rule.js';
export {
  type AttributeCelType,
  type AttributeTypes,
  type ComputedType,
  type ComputedTypes,
  type RuleScope,
  type RuleTypes,
  ruleTypes,
  withAttributes,
} from './rule-types.js';
export { type Segment, type SegmentDocument, segmentSchema, segmentsOf } from './segment.js';
export {
  checkSegmentRules,
  checkTraitSections,
  computedTypes,
  EMPTY_SECTION,
  type TraitSection,
  traitSectionsSchema,
} from './trait-section.js';
export {
  checkTraitDocument,
  compileTraitBook,
  documentsOf,
  EMPTY_BOOK,
  readsThePast,
  type TraitBook,
  type TraitDefinition,
  type TraitDocument,
  type TraitIssue,
  type TraitKind,
  traitKinds,
} from './trait-book.js';
export type { ComputedTraitDocument } from './computed/computed-trait.js';
export { API_SOURCE, type Party, type RankOf, type SourceRank } from './traits/source-rank.js';
export type { Statement } from './traits/statement.js';
export type { TraitEntry } from './traits/surviving-trait.js';
export { searchable, searchText } from './search-text.js';
export { type TextDocument, textsOf } from './text/documents.js';
export { findEntities, type FoundEntity, ORDER } from './text/entities.js';
export { type TextKind, textKinds } from './text/text-source.js';
