export {
  readReceipt,
  writeReceipt,
  type Receipt,
  type ReceiptCandidate,
  type ReceiptHeader,
} from './receipt.js';
