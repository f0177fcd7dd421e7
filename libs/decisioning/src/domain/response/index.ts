export { isLateAccept, offerExpired } from './late-accept.js';
export {
  applyResponse,
  classifyResponse,
  EMPTY_OFFER_MEMORY,
  stageOf,
  type RememberedResponse,
  type ResponseClass,
} from './offer-memory.js';
export { decodeOfferToken, encodeOfferToken, type OfferToken } from './offer-token.js';
