import { type Identifier, normaliseIdentifier } from '@repartee/identity/domain';

const MAX_DEPTH = 64;

/** A copy of an event's payload in which no text is one of these identifiers, however it is written. */
export function withoutIdentifiers(
  payload: Record<string, unknown>,
  identifiers: readonly Identifier[],
): Record<string, unknown> {
  const gone = (value: unknown) =>
    (typeof value === 'string' || typeof value === 'number') &&
    identifiers.some(({ namespace, value: erased }) => {
      const read = normaliseIdentifier(namespace, String(value));
      return read.ok && read.value.value === erased;
    });
  return without(payload, gone, 0) as Record<string, unknown>;
}

function without(value: unknown, gone: (value: unknown) => boolean, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
  if (Array.isArray(value))
    return value.filter((item) => !gone(item)).map((item) => without(item, gone, depth + 1));
  // An external id goes as a whole: what would be left of it names nobody.
  if (gone((value as { id?: unknown }).id) && 'type' in value) return {};
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, held]) => !gone(held))
      .map(([key, held]) => [key, without(held, gone, depth + 1)]),
  );
}
