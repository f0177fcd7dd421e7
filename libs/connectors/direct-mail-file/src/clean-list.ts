import type { StoredRow } from './row-store.js';

/** Why a row is not in the file. */
export type Dropped = 'suppressed' | 'household';

export interface JudgedRow {
  row: StoredRow;
  dropped?: Dropped;
}

/**
 * Takes out of a list whom nobody may write to, and all but the first of a household. Rows come in the order of their
 * acceptance, so that the same rows always give the same file.
 */
export function cleanList(rows: readonly StoredRow[], suppressed: ReadonlySet<string>): JudgedRow[] {
  const households = new Set<string>();
  return [...rows].sort(byAcceptance).map((row) => {
    if (suppressed.has(keyOf(row.address))) return { row, dropped: 'suppressed' };
    const household = keyOf(row.household || row.address);
    if (households.has(household)) return { row, dropped: 'household' };
    households.add(household);
    return { row };
  });
}

/** Addresses are the same when they differ in case, accents, punctuation and spaces alone. */
export function keyOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function byAcceptance(a: StoredRow, b: StoredRow): number {
  return a.acceptedAt - b.acceptedAt || (a.id < b.id ? -1 : 1);
}
