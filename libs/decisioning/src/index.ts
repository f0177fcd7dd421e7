export { Catalogue, type WriteOptions } from './api/catalogue.js';
export {
  type CatalogueItem,
  CatalogueReader,
  type CatalogueVersion,
  taggedItem,
} from './api/catalogue-reader.js';
export {
  type ContentData,
  type ContentEstimate,
  type ContentPreview,
  ContentRenderer,
} from './api/content-renderer.js';
export type { DecisionQuestion, DecisionSubject } from './api/decision-question.js';
export { Decisions } from './api/decisions.js';
export type { ExplainedCandidate } from './api/explain.js';
export { HardCaps, type OfferOnItsWay } from './api/hard-caps.js';
export { ImpactOutcomes } from './api/impact-outcomes.js';
export {
  type Negotiated,
  type NegotiationRequest,
  Negotiations,
  type NegotiationSituation,
} from './api/negotiations.js';
export { OfferTokens } from './api/offer-tokens.js';
export { Receipts } from './api/receipts.js';
export { FirstChances } from './api/first-chances.js';
export { PastPeople } from './api/past-people.js';
export { Replays, type Replay } from './api/replays.js';
export { WhyNot, type WhyNotAnswer, type WhyNotQuestion } from './api/why-not.js';
export { whyNotSchema } from './api/why-not-schema.js';
export { KEPT_SLATES } from './api/slates.js';
export { type MessageOnItsWay, SendObjections } from './api/send-objections.js';
export { FirstChoices, NOTHING, type PastChoice } from './api/first-choices.js';
export { type HypotheticalCase, WhatIf } from './api/what-if.js';
export type { VirtualCaps } from './api/virtual-caps.js';
export { DecisioningModule } from './decisioning.module.js';
export { decisioningEntities, decisioningMigrations } from './persistence/index.js';
export {
  type Study,
  type StudyChange,
  type StudyKind,
  studyStates,
  StudyStore,
} from './persistence/studies/index.js';
