export { Kiosk, type KioskOptions, type KioskState } from './kiosk.js';
export { KioskError } from './kiosk-error.js';
export type { KioskContent, KioskOffer, ZoneOffers } from './offers.js';
export type { KioskDevice } from './pairing.js';
export type { Surroundings } from './surroundings.js';
export { type Answer, type Begin, Visit } from './visit.js';
