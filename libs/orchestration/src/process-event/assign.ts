import type { IdentityStore } from '@repartee/identity';
import {
  type Identifier,
  type IdentityEvent,
  type IdentityGraph,
  identifiersOf,
  normaliseIdentifier,
  type OwnershipChange,
  resolve,
} from '@repartee/identity/domain';
import type { LoggedEvent } from '@repartee/ingestion/domain';
import { newId, type Transaction } from '@repartee/platform';

/** An event with the living profile it belongs to. */
export interface AssignedEvent {
  event: LoggedEvent;
  profileId: string;
}

interface Candidate {
  event: LoggedEvent;
  identifiers: Identifier[];
  alias?: Identifier;
  /** Said by the product itself: no question of identity. */
  profileId?: string;
}

function aliasOf(event: LoggedEvent): Identifier | undefined {
  if (event.type !== 'alias') return undefined;
  const previous = normaliseIdentifier('user_id', String(event.payload['previousId'] ?? ''));
  return previous.ok ? previous.value : undefined;
}

function candidateOf(event: LoggedEvent): Candidate {
  const { profileId } = event.payload;
  if (typeof profileId === 'string') return { event, identifiers: [], profileId };
  const alias = aliasOf(event);
  return { event, identifiers: identifiersOf(event), ...(alias && { alias }) };
}

/**
 * Says whose each event is. Merges among them are followed: what is returned are living profiles.
 * An event nobody can be found for (every identifier is a placeholder) gets a profile of its own.
 */
export async function assign(
  tx: Transaction,
  events: LoggedEvent[],
  identities: IdentityStore,
): Promise<{ assigned: AssignedEvent[]; graph: IdentityGraph; known: OwnershipChange[] }> {
  const candidates = events.map(candidateOf);
  const asked = candidates.flatMap((one) => [...one.identifiers, ...aliasLookups(one.alias)]);
  const { graph, known } = await identities.load(tx, asked);
  const living = await identities.survivorsOf(
    tx,
    candidates.flatMap((one) => one.profileId ?? []),
  );
  const targets = candidates.map((one) => one.profileId ?? resolve(identityEvent(one, graph), graph, newId));
  for (const merge of graph.changes.merges) living.set(merge.merged, merge.survivor);
  return {
    graph,
    known,
    assigned: events.map((event, index) => ({ event, profileId: survivor(living, targets[index] ?? '') })),
  };
}

/** A former id may be a device's as well as a user's. */
function aliasLookups(alias: Identifier | undefined): Identifier[] {
  return alias ? [alias, { namespace: 'anonymous_id', value: alias.value }] : [];
}

function identityEvent({ event, identifiers, alias }: Candidate, graph: IdentityGraph): IdentityEvent {
  const former = aliasLookups(alias).find((identifier) => graph.owner(identifier)) ?? alias;
  return {
    id: event.id,
    at: event.occurredAt,
    verified: event.verified,
    identifiers,
    ...(former && { alias: former }),
  };
}

function survivor(living: Map<string, string>, id: string): string {
  let current = id;
  for (let next = living.get(current); next !== undefined && next !== current; next = living.get(current))
    current = next;
  return current;
}
