import { type Identifier, keyOf, normaliseIdentifier } from './identifier.js';

/** What of an event speaks of who it is. */
export interface IdentifyingEvent {
  type: string;
  payload: Record<string, unknown>;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function country(payload: Record<string, unknown>): string | undefined {
  const locale = text(record(payload['context'])['locale']);
  return locale?.match(/[-_]([A-Z]{2})$/)?.[1];
}

/**
 * All identifiers an event carries, normalised, strongest first, each once: `userId`, `context.externalIds`,
 * e-mail and phone among the traits, `anonymousId`. What is no valid identifier is left out: it stays a trait.
 */
export function identifiersOf(event: IdentifyingEvent): Identifier[] {
  const { payload } = event;
  const context = record(payload['context']);
  const traits = {
    ...record(context['traits']),
    ...(event.type === 'identify' ? record(payload['traits']) : {}),
  };
  const defaultCountry = country(payload);
  const found = new Map<string, Identifier>();
  const add = (name: string, value: unknown) => {
    const raw = text(value);
    if (raw === undefined) return;
    const normalised = normaliseIdentifier(name, raw, { defaultCountry });
    if (normalised.ok) found.set(keyOf(normalised.value), normalised.value);
  };
  add('user_id', payload['userId']);
  for (const external of externalIds(context)) add(external.type, external.id);
  add('email', traits['email']);
  add('phone', traits['phone']);
  add('anonymous_id', payload['anonymousId']);
  return [...found.values()];
}

function externalIds(context: Record<string, unknown>): { type: string; id: unknown }[] {
  const list: unknown = context['externalIds'];
  if (!Array.isArray(list)) return [];
  return list.slice(0, 20).flatMap((entry) => {
    const type = text(record(entry)['type']);
    return type ? [{ type, id: record(entry)['id'] }] : [];
  });
}
