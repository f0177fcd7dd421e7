/**
 * A page of a list, as the API answers with it.
 * @param found what was found from the cursor on: one more than `limit` where there is more
 * @param cursorOf what the next page begins after
 */
export function pageOf<T>(
  found: readonly T[],
  limit: number,
  cursorOf: (last: T) => string,
): { items: T[]; nextCursor: string | null } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last !== undefined ? cursorOf(last) : null };
}
