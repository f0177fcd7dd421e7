export { phasesOf, type Phase } from './effective.js';
export { BY_ITSELF, guardOffers, wantsApproval, type Writing } from './guard-offers.js';
export {
  asked,
  bodyOf,
  calledOff,
  granted,
  inForceAt,
  rejected,
  stepBetween,
  type LifeWord,
  type OfferDocument,
} from './offer-life.js';
export { lifeActions, type LifeAction } from './offer-life-schema.js';
