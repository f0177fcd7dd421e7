import {
  fieldsOfTraits,
  type Identifier,
  identifiersOf,
  type IdentityEvent,
  normaliseIdentifier,
} from '@repartee/identity/domain';

/** Track events by which somebody leaves a device. */
const SIGN_OUTS = new Set(['Signed Out', 'Logged Out', 'User Signed Out', 'User Logged Out']);

/** What identity asks of an event; the log's events have it all. */
export interface IdentifyingLogEvent {
  id: string;
  type: string;
  name: string | null;
  source: string;
  verified: boolean;
  /** Milliseconds since the epoch. */
  occurredAt: number;
  payload: Record<string, unknown>;
}

/** The event as identity sees it. */
export function identityEventOf(event: IdentifyingLogEvent): IdentityEvent {
  const { previousId } = event.payload;
  const former = event.type === 'alias' && typeof previousId === 'string' ? previousId.trim() : '';
  return {
    id: event.id,
    at: event.occurredAt,
    verified: event.verified,
    identifiers: identifiersOf(event),
    ...statementOf(event),
    ...(former !== '' && { formerId: former }),
    ...(event.type === 'track' && SIGN_OUTS.has(event.name ?? '') && { signsOut: true }),
  };
}

/** What a trusted source says of the person. What a browser claims is never matched. */
function statementOf({
  type,
  source,
  verified,
  payload,
}: IdentifyingLogEvent): Pick<IdentityEvent, 'statement'> {
  const { traits } = payload;
  if (!verified || type !== 'identify' || typeof traits !== 'object' || traits === null) return {};
  const fields = fieldsOfTraits(traits as Record<string, unknown>);
  const declared = (traits as Record<string, unknown>)['householdId'];
  const household = typeof declared === 'string' ? declared.trim() : '';
  if (Object.keys(fields).length === 0 && household === '') return {};
  return { statement: { source, fields, ...(household !== '' && { household }) } };
}

/** The profile of what the product itself says: no question of identity. */
export function statedProfile({ payload }: Pick<IdentifyingLogEvent, 'payload'>): string | undefined {
  const { profileId } = payload;
  return typeof profileId === 'string' ? profileId : undefined;
}

/** The device on which something was answered that the product itself notes. */
export function deviceOf({ payload }: Pick<IdentifyingLogEvent, 'payload'>): Identifier | undefined {
  const { anonymousId } = payload;
  const read = typeof anonymousId === 'string' ? normaliseIdentifier('anonymous_id', anonymousId) : undefined;
  return read?.ok ? read.value : undefined;
}
