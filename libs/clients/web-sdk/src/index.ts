export type { Consent, ConsentCategories, ConsentOptions } from './consent.js';
export { clockText } from './countdown.js';
export { createRepartee } from './create-repartee.js';
export { ReparteeError } from './repartee-error.js';
export type { Problem } from './repartee-error.js';
export { browserSurroundings, memoryStorage } from './surroundings.js';
export type { KeyValueStorage, Surroundings } from './surroundings.js';
export type {
  DecideOptions,
  Decision,
  DecidedZone,
  Offer,
  OfferContent,
  Repartee,
  ReparteeOptions,
  ResponseDetails,
  ZoneBinding,
  ZoneOptions,
  ZonesOptions,
} from './repartee.js';
