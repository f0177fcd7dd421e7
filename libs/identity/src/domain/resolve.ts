import type { Identifier } from './identifier.js';
import type { IdentityGraph } from './identity-graph.js';

/** An event as identity resolution sees it. */
export interface IdentityEvent {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** True when the sender proved who it is. */
  verified: boolean;
  /** Normalised, strongest first. */
  identifiers: Identifier[];
  /** An alias call: this former identity is the same person, by the sender's explicit word. */
  alias?: Identifier;
}

/**
 * Says whose an event is, and brings the graph up to date: finds, creates, attaches or merges.
 *
 * - A *verified* event joins all profiles that own its identifiers, and proves the identifiers it carries.
 * - An *unverified* event belongs to its device (`anonymous_id`). What else it claims is attached only where nobody
 *   owns it; it never merges two profiles and never lands on somebody else's golden record.
 * - A person has one verified `user_id`: a link that would give a second one is refused and recorded.
 *
 * @param newId made beforehand, because domain code makes no ids
 * @returns the id of the profile the event belongs to
 */
export function resolve(event: IdentityEvent, graph: IdentityGraph, newId: () => string): string {
  return event.verified ? resolveVerified(event, graph, newId) : resolveUnverified(event, graph, newId);
}

function resolveVerified(event: IdentityEvent, graph: IdentityGraph, newId: () => string): string {
  const userId = event.identifiers.find((identifier) => identifier.namespace === 'user_id');
  let target = trustedOwner(event, graph) ?? graph.create(newId());
  for (const identifier of event.identifiers) {
    const owner = graph.owner(identifier);
    if (!owner || !isTrusted(identifier, owner.verified)) {
      attach(event, identifier, target, graph);
    } else if (owner.profileId === target) {
      graph.own(identifier, { profileId: target, verified: true });
    } else if (mayJoin(owner.profileId, target, userId, graph)) {
      target = join(event, owner.profileId, target, identifier.namespace, graph);
    } else {
      refuse(event, identifier, target, 'the identifier belongs to a person with another user_id', graph);
    }
  }
  return event.alias ? follow(event, event.alias, target, graph) : target;
}

/**
 * The profile that a verified event's strongest identifier names. An unproved claim on an identifier does not count:
 * whoever made it must not receive what the true owner does next.
 */
function trustedOwner(event: IdentityEvent, graph: IdentityGraph): string | undefined {
  const userId = event.identifiers.find((identifier) => identifier.namespace === 'user_id');
  for (const identifier of event.identifiers) {
    const owner = graph.owner(identifier);
    if (!owner || !isTrusted(identifier, owner.verified)) continue;
    const other = graph.verifiedUserId(owner.profileId);
    // A shared device: its anonymous id belongs to someone else than the user this event names.
    if (userId && other !== undefined && other !== userId.value) continue;
    return owner.profileId;
  }
  return undefined;
}

/** A device's own id needs no proof: it is a random number that only the device knows. */
function isTrusted(identifier: Identifier, verified: boolean): boolean {
  return verified || identifier.namespace === 'anonymous_id';
}

function attach(event: IdentityEvent, identifier: Identifier, target: string, graph: IdentityGraph): void {
  const held = graph.verifiedUserId(target);
  if (identifier.namespace === 'user_id' && held !== undefined && held !== identifier.value) {
    refuse(event, identifier, target, 'the person has another user_id', graph);
    return;
  }
  graph.own(identifier, { profileId: target, verified: event.verified });
}

function mayJoin(a: string, b: string, userId: Identifier | undefined, graph: IdentityGraph): boolean {
  const ids = new Set(
    [graph.verifiedUserId(a), graph.verifiedUserId(b), userId?.value].filter((id) => id !== undefined),
  );
  return ids.size <= 1;
}

/** Known survives anonymous; among equals the older id does, so that the outcome does not hang on the order of arrival. */
function join(event: IdentityEvent, a: string, b: string, namespace: string, graph: IdentityGraph): string {
  const rank = (id: string) => (graph.verifiedUserId(id) !== undefined ? 2 : graph.isKnown(id) ? 1 : 0);
  const [survivor, merged] = rank(a) > rank(b) || (rank(a) === rank(b) && a < b) ? [a, b] : [b, a];
  graph.merge({ survivor, merged, rule: `verified ${namespace}`, eventId: event.id, at: event.at });
  return survivor;
}

function follow(event: IdentityEvent, alias: Identifier, target: string, graph: IdentityGraph): string {
  const owner = graph.owner(alias);
  if (!owner) {
    graph.own(alias, { profileId: target, verified: true });
    return target;
  }
  if (owner.profileId === target) return target;
  // An alias call by a server is an explicit word that two user ids are one person; the new one survives.
  graph.merge({
    survivor: target,
    merged: owner.profileId,
    rule: 'alias call',
    eventId: event.id,
    at: event.at,
  });
  return target;
}

function resolveUnverified(event: IdentityEvent, graph: IdentityGraph, newId: () => string): string {
  const device = event.identifiers.find((identifier) => identifier.namespace === 'anonymous_id');
  const anchors = device ? [device] : event.identifiers;
  const owner = anchors.map((identifier) => graph.owner(identifier)).find((found) => found !== undefined);
  const target = owner?.profileId ?? graph.create(newId());
  for (const identifier of event.identifiers) {
    const held = graph.owner(identifier);
    if (!held) attach(event, identifier, target, graph);
    else if (held.profileId !== target) refuse(event, identifier, target, 'claimed without proof', graph);
  }
  return target;
}

function refuse(
  event: IdentityEvent,
  identifier: Identifier,
  profileId: string,
  reason: string,
  graph: IdentityGraph,
): void {
  graph.refuse({ ...identifier, profileId, reason, eventId: event.id, at: event.at });
}
