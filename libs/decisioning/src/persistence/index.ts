import { CreateDecisioning1790000000800 } from './create-decisioning.migration.js';
import { CatalogueEntry, ConfigurationRevision, DecisionReceipt } from './decisioning.entities.js';

export { CatalogueStore, type StoredCatalogue, type StoredEntry } from './catalogue-store.js';
export { ReceiptStore, type ReceiptRow } from './receipt-store.js';

/** The tables of decisioning. */
export const decisioningEntities = [CatalogueEntry, ConfigurationRevision, DecisionReceipt];

/** The migrations that make them. */
export const decisioningMigrations = [CreateDecisioning1790000000800];
