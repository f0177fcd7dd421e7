import type { ReceiptStatus } from '@repartee/contracts';

/** What a provider reported of one delivery, or what a person's open or click shows. */
export interface Receipt {
  /** Of the report; the same counts once. */
  id: string;
  attemptId: string | null;
  status: ReceiptStatus;
  /** When it happened, milliseconds since the epoch. */
  at: number;
  permanent?: boolean;
  code?: string;
  detail?: string;
}

/** How far a message got after its provider took it. */
export interface Progress {
  status: ReceiptStatus;
  /** Milliseconds since the epoch. */
  at: number;
}

/** Receipts that are kept of one delivery; those that say most. */
const MAX_RECEIPTS = 40;

/**
 * What a report is worth against another: a message that was delivered was not thrown back, whatever else is said, and
 * who complains has it.
 */
const RANK: Readonly<Record<ReceiptStatus, number>> = {
  sent: 0,
  failed: 1,
  bounced: 2,
  delivered: 3,
  complained: 4,
};

function byTime(a: Receipt, b: Receipt): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function byWorth(a: Receipt, b: Receipt): number {
  return RANK[b.status] - RANK[a.status] || byTime(a, b);
}

/** Brings a receipt among those held, oldest first. The result depends on the set alone, not on order or repetition. */
export function hearReceipt(held: readonly Receipt[], heard: Receipt): Receipt[] {
  if (held.some(({ id }) => id === heard.id)) return [...held];
  return [...held, heard].sort(byWorth).slice(0, MAX_RECEIPTS).sort(byTime);
}

/** Where the receipts say that a message stands: the highest report, and when that was first so. */
export function progressOf(receipts: readonly Receipt[]): Progress | null {
  const [best] = [...receipts].sort(byWorth);
  return best ? { status: best.status, at: best.at } : null;
}

/** Whether a message that is said not to have left did arrive all the same. */
export function arrived({ status }: Progress): boolean {
  return RANK[status] >= RANK.delivered;
}
