export { type CartLine, cartLines } from './cart.js';
export {
  type Cart,
  type ConsentEntry,
  type ConsentStatus,
  emptyRecord,
  type GoldenRecord,
  type HeldIdentifier,
  type OfferMemory,
  type TraitEntry,
} from './golden-record.js';
export { mergeRecords } from './merge-records.js';
export { fromMinor, toMinor } from './money.js';
export {
  adjustTotals,
  applyOrderFact,
  mergeOrders,
  type OrderFact,
  orderFact,
  type OrderState,
} from './orders.js';
export {
  computedTraits,
  type EventSummary,
  type OfferSummary,
  type ProfileView,
  STRANGER,
  viewOf,
} from './profile-view.js';
export { type ProfileDocument, profileDocument } from './profile-document.js';
export { type RecordEvent, reduceEvent } from './reduce-event.js';
export {
  compileRule,
  type Rule,
  type RuleError,
  type RuleScope,
  type RuleVariables,
  type Verdict,
} from './rule.js';
