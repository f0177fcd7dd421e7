import { CapCounter, CapReservation } from './caps.entities.js';
import { Caps1790000000850 } from './caps.migration.js';
import { TakeRoomByCounter1790000000920 } from './caps-by-counter.migration.js';
import { AddCatalogueHistory1790000000830 } from './catalogue-history.migration.js';
import { CreateDecisioning1790000000800 } from './create-decisioning.migration.js';
import { OfferNegotiation } from './negotiation.entity.js';
import { AddNegotiations1790000000870 } from './negotiation.migration.js';
import { AddRevisionAuthor1790000000860 } from './revision-author.migration.js';
import {
  CatalogueEntry,
  CatalogueHistory,
  ConfigurationRevision,
  DecisionReceipt,
} from './decisioning.entities.js';
import { OfferRoster } from './offer-roster.entity.js';
import { AddOfferRosters1790000000910 } from './offer-rosters.migration.js';
import { PlanCapsOnce1790000000930 } from './plan-caps-once.migration.js';
import { StorePlainReceipts1790000000900 } from './plain-receipts.migration.js';
import { LeaveReceiptsUnswept1790000000950 } from './unswept-receipts.migration.js';
import { CreateStudies1790000000890, DecisionStudy, DecisionStudyChange } from './studies/index.js';

export type { CapQuestion, CapRequest, OfferOfDecision } from './cap-question.js';
export { CapStore } from './cap-store.js';
export {
  CatalogueStore,
  type StoredCatalogue,
  type StoredEntry,
  type StoredVersion,
} from './catalogue-store.js';
export { NegotiationStore, type NegotiationRound } from './negotiation-store.js';
export { lineOf, type ReceiptLine, type ReceiptRow, rowOf } from './receipt-line.js';
export { Rosters } from './rosters.js';
export { ReceiptStore, type ReceiptDraw, type StoredReceipt } from './receipt-store.js';

/** The tables of decisioning. */
export const decisioningEntities = [
  CapCounter,
  CapReservation,
  CatalogueEntry,
  CatalogueHistory,
  ConfigurationRevision,
  DecisionReceipt,
  DecisionStudy,
  DecisionStudyChange,
  OfferNegotiation,
  OfferRoster,
];

/** The migrations that make them. */
export const decisioningMigrations = [
  CreateDecisioning1790000000800,
  AddCatalogueHistory1790000000830,
  Caps1790000000850,
  AddRevisionAuthor1790000000860,
  AddNegotiations1790000000870,
  CreateStudies1790000000890,
  StorePlainReceipts1790000000900,
  AddOfferRosters1790000000910,
  TakeRoomByCounter1790000000920,
  PlanCapsOnce1790000000930,
  LeaveReceiptsUnswept1790000000950,
];
