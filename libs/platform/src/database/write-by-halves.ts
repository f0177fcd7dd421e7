import { sqlState } from './database.js';

/** Data exceptions and integrity violations: the row is at fault, and writing it again will not help. */
export function isRowRefused(error: unknown): boolean {
  return /^2[23]/.test(sqlState(error) ?? '');
}

/**
 * Writes rows in one statement. A row that the database refuses for its data is found by halving, so that it does not sink
 * the others.
 * @param write writes all of the rows it is given, or none
 * @returns the rows that were refused; rejects when the database fails for another reason
 */
export async function writeByHalves<T>(
  rows: readonly T[],
  write: (rows: readonly T[]) => Promise<void>,
): Promise<T[]> {
  try {
    await write(rows);
    return [];
  } catch (error) {
    if (!isRowRefused(error)) throw error;
    if (rows.length === 1) return [...rows];
    const middle = rows.length >> 1;
    const refused = await writeByHalves(rows.slice(0, middle), write);
    return [...refused, ...(await writeByHalves(rows.slice(middle), write))];
  }
}
