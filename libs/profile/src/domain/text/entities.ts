import { type Identifier, keyOf, normaliseIdentifier } from '@repartee/identity/domain';

/** Something in a text that may tell who it is about. */
export interface FoundEntity extends Identifier {
  /** The words around it. */
  excerpt: string;
}

/** Namespace of order numbers: they lead to an order, not to a person. */
export const ORDER = 'order';

const EMAIL = /[^\s@<>()[\],;:"']{1,64}@[^\s@<>()[\],;:"']+\.[\p{L}]{2,}/gu;
/** With a country code: without one, any number would do. */
const PHONE = /\+\d[\d\s().\-/]{6,20}\d/g;
/** A word for order before it, or a #; at least one digit in it. */
const ORDER_NUMBER =
  /(?:\b(?:order|bestellung|commande|pedido|ordine)(?:\s*(?:no\.?|nr\.?|number|id))?\s*[:#]?\s*|#)((?=[\w-]*\d)[A-Za-z0-9][\w-]{2,40})/giu;
const AROUND = 60;
const MAX_FOUND = 20;

/** E-mail addresses, phone numbers with a country code, and order numbers in a text, each once. */
export function findEntities(text: string): FoundEntity[] {
  const found = new Map<string, FoundEntity>();
  const add = (identifier: Identifier, at: number, length: number) => {
    const excerpt = text.slice(Math.max(0, at - AROUND), at + length + AROUND).trim();
    const key = keyOf(identifier);
    if (!found.has(key)) found.set(key, { ...identifier, excerpt });
  };
  for (const [pattern, namespace] of [
    [EMAIL, 'email'],
    [PHONE, 'phone'],
  ] as const) {
    for (const match of text.matchAll(pattern)) {
      const identifier = normaliseIdentifier(namespace, match[0].replace(/[.]+$/, ''));
      if (identifier.ok) add(identifier.value, match.index, match[0].length);
    }
  }
  for (const match of text.matchAll(ORDER_NUMBER)) {
    const value = match[1];
    if (value !== undefined) add({ namespace: ORDER, value }, match.index, match[0].length);
  }
  return [...found.values()].slice(0, MAX_FOUND);
}
