export { differencesOf, type Difference } from './compare-receipts.js';
export { readReceipt } from './read-receipt.js';
export { ERASED_RECEIPT, type Receipt, type ReceiptCandidate, type ReceiptHeader } from './receipt.js';
export type { ReceiptTrial } from './receipt-trial.js';
export { writeReceipt } from './write-receipt.js';
