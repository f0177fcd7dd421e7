/** The values at a place of a document. A list on the way gives the values in each of its members. */
export function valuesAt(document: unknown, path: readonly string[]): unknown[] {
  let found: unknown[] = [document];
  for (const step of path) {
    found = found.flatMap((value) => members(value)).flatMap((value) => member(value, step));
    if (found.length === 0) return found;
  }
  return found.flatMap((value) => members(value)).filter((value) => value !== null && value !== undefined);
}

function members(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, 1000) : [value];
}

function member(value: unknown, step: string): unknown[] {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step)
    ? [(value as Record<string, unknown>)[step]]
    : [];
}
