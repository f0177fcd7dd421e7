export { differencesOf, type Difference } from './compare-receipts.js';
export {
  ERASED_RECEIPT,
  readReceipt,
  writeReceipt,
  type Receipt,
  type ReceiptCandidate,
  type ReceiptHeader,
} from './receipt.js';
export type { ReceiptTrial } from './receipt-trial.js';
