export { differencesOf, type Difference } from './compare-receipts.js';
export {
  FIRST_DRAWS,
  FirstPlaceCount,
  type FirstPlaces,
  firstPlacesOf,
  type StoredFirstPlaces,
} from './first-places.js';
export { readReceipt, rosterNameOf } from './read-receipt.js';
export { ERASED_RECEIPT, type Receipt, type ReceiptCandidate, type ReceiptHeader } from './receipt.js';
export type { ReceiptTrial } from './receipt-trial.js';
export { type Roster, type RosterEntry, rosterOf } from './roster.js';
export { ReceiptWriter, withFirstPlaces } from './write-receipt.js';
