export { compileOfferItems } from './compile-recommendation.js';
export type { CompiledRecommendation, OfferItems } from './offer-items.js';
export {
  type Recommendation,
  recommendationSchema,
  type SeedKind,
  seedKinds,
} from './recommendation-schema.js';
