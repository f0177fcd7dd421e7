export { Catalogue } from './api/catalogue.js';
export { ContentRenderer, type ContentData } from './api/content-renderer.js';
export {
  Decisions,
  type DecisionQuestion,
  type DecisionSubject,
  type ExplainedCandidate,
} from './api/decisions.js';
export { OfferTokens } from './api/offer-tokens.js';
export { Receipts } from './api/receipts.js';
export { DecisioningModule } from './decisioning.module.js';
export { decisioningEntities, decisioningMigrations } from './persistence/index.js';
