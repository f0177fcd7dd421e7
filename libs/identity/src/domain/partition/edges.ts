import { type NamespacePolicies, policyOf } from '../namespace-policy.js';
import type { ConstrainedClusters, DropReason } from './clusters.js';
import type { Link } from './evidence.js';
import { isDevice, namespaceOf } from './node.js';
import type { Sharing } from './sharing.js';

/** Something that speaks for two nodes being one person. */
export interface Edge {
  a: string;
  b: string;
  kind: 'verdict' | 'alias' | 'event' | 'sign-in' | 'claim' | 'match';
  /** log2 odds of a match; 0 for what is no matter of degree. */
  weight: number;
  at: number;
  /** The event, verdict or match it comes from. */
  id: string;
}

export interface DroppedEdge extends Edge {
  reason: DropReason;
}

/** Two source records that look like one person's. */
export interface MatchLink {
  id: string;
  /** Keys of the identifiers that the records are filed under. */
  a: string;
  b: string;
  weight: number;
  /** When the later of the two records was seen, milliseconds since the epoch. */
  at: number;
}

/** What is asked before groups are joined by a match. */
export interface MatchRules {
  mergeAt: number;
  maxSize: number;
  /** Whether the two groups as a whole look alike, so that one odd record does not chain strangers. */
  bridgeHolds(left: readonly string[], right: readonly string[]): boolean;
}

/** A match comes after all that was said in so many words. */
const MATCH_TIER = 1_000_000;

function tierOf(edge: Edge, policies: NamespacePolicies): number {
  if (edge.kind === 'alias') return -1;
  return edge.kind === 'match' ? MATCH_TIER : policyOf(namespaceOf(edge.b), policies).priority;
}

/** The one order in which edges are tried: priority, weight, event time, id. */
export function inOrder(edges: Edge[], policies: NamespacePolicies): Edge[] {
  // A match has its id, and which of the two comes first in it, by chance; what it joins has not.
  const text = ({ id, a, b, kind }: Edge) =>
    kind === 'match'
      ? `\u0000${[a, b].sort().join('\u0000')}\u0000${id}`
      : `${id}\u0000${a}\u0000${b}\u0000${id}`;
  return [...edges].sort(
    (x, y) =>
      tierOf(x, policies) - tierOf(y, policies) ||
      y.weight - x.weight ||
      x.at - y.at ||
      (text(x) < text(y) ? -1 : 1),
  );
}

/** What proved links between a person's identifiers come to. Devices are dealt with later. */
export function edgesOf(links: readonly Link[]): Edge[] {
  return links
    .filter(({ a, b, rule }) => rule !== 'claim' && !isDevice(b) && !isDevice(a))
    .map(({ a, b, rule, at, eventId }) => ({ a, b, kind: rule, weight: 0, at, id: eventId }));
}

/** Tries one edge. @returns why it was dropped */
export function tryEdge(
  edge: Edge,
  clusters: ConstrainedClusters,
  context: { policies: NamespacePolicies; sharing: Sharing; match?: MatchRules },
): DropReason | undefined {
  const { policies, sharing, match } = context;
  if (edge.kind === 'alias') return clusters.join(edge.a, edge.b, { limits: false, weak: false });
  const isShared = (key: string) => edge.at >= (sharing.get(key) ?? Number.POSITIVE_INFINITY);
  if (isShared(edge.a) || isShared(edge.b)) return 'shared';
  if (edge.kind === 'match' && !clusters.together(edge.a, edge.b)) {
    const [left, right] = [clusters.members(edge.a), clusters.members(edge.b)];
    if (!match || left.length + right.length > match.maxSize) return 'size';
    if (!match.bridgeHolds(left, right)) return 'bridge';
  }
  const weak = edge.kind === 'event' && !policyOf(namespaceOf(edge.b), policies).strong;
  return clusters.join(edge.a, edge.b, { limits: true, weak });
}
