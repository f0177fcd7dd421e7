export { Catalogue } from './api/catalogue.js';
export { ContentRenderer, type ContentData } from './api/content-renderer.js';
export type { DecisionQuestion, DecisionSubject } from './api/decision-question.js';
export { Decisions } from './api/decisions.js';
export type { ExplainedCandidate } from './api/explain.js';
export { OfferTokens } from './api/offer-tokens.js';
export { Receipts } from './api/receipts.js';
export { DecisioningModule } from './decisioning.module.js';
export { decisioningEntities, decisioningMigrations } from './persistence/index.js';
