import { type Identifier, identifiersOf, keyOf, normaliseIdentifier } from '@repartee/identity/domain';

/** What separates values in JSON, CSV and the like. */
const BETWEEN = /["',;|{}[\]\t\r\n]+/;
const STRING = /"(?:[^"\\]|\\.)*"/g;
/** Namespaces whose values are looked for wherever they stand. */
const ANYWHERE = ['user_id', 'anonymous_id'] as const;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Every value within a text, however it is written. */
function valuesIn(text: string): Set<string> {
  const values = new Set<string>();
  const add = (value: string) => {
    const trimmed = value.trim();
    if (trimmed !== '') values.add(trimmed);
  };
  for (const piece of text.split(BETWEEN)) {
    add(piece);
    if (piece.includes(':')) piece.split(':').forEach(add);
  }
  for (const [quoted] of text.matchAll(STRING)) {
    const value = parsed(quoted);
    if (typeof value === 'string') add(value);
  }
  return values;
}

/** Under which namespaces a value may name somebody. */
function namespacesOf(value: string): readonly string[] {
  if (value.includes('@')) return [...ANYWHERE, 'email'];
  return /^\+?[\d\s().-]{7,}$/.test(value) ? [...ANYWHERE, 'phone'] : ANYWHERE;
}

/**
 * The identifiers that a text may name, which need be no event and no JSON: what an event would carry, and every value
 * that might be a user, a device, an address or a phone number with its country code.
 */
export function identifiersNamedIn(text: string): Identifier[] {
  const found = new Map<string, Identifier>();
  const body = parsed(text);
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    for (const one of identifiersOf({ type: 'identify', payload: body as Record<string, unknown> }))
      found.set(keyOf(one), one);
  for (const value of valuesIn(text))
    for (const namespace of namespacesOf(value)) {
      const read = normaliseIdentifier(namespace, value);
      if (read.ok) found.set(keyOf(read.value), read.value);
    }
  return [...found.values()];
}
