import { bridgeHolds } from './bridge.js';
import type { Clustering, ClusterPolicy, DroppedEdge, MatchEdge } from './match-edge.js';

const before = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** The one order in which edges are taken: priority, weight, event time, id. */
export function compareEdges(left: MatchEdge, right: MatchEdge): number {
  return (
    left.priority - right.priority ||
    right.weight - left.weight ||
    left.at - right.at ||
    before(left.id, right.id)
  );
}

/** Groups that grow by union; each knows its members. */
class Groups {
  private readonly of = new Map<string, string[]>();

  get(id: string): string[] {
    const known = this.of.get(id);
    if (known) return known;
    const alone = [id];
    this.of.set(id, alone);
    return alone;
  }

  union(left: string[], right: string[]): void {
    const [larger, smaller] = left.length >= right.length ? [left, right] : [right, left];
    for (const id of smaller) {
      larger.push(id);
      this.of.set(id, larger);
    }
  }

  all(): string[][] {
    return [...new Set(this.of.values())];
  }
}

/**
 * Parts records into people. Edges are taken strongest first; one that would join two groups is dropped when the group
 * would grow too large, or when the groups do not support each other beyond that edge, so that chains are cut.
 *
 * The result depends on the set of edges alone, not on their order.
 * @param weightOf log2 odds of any two records, also of those without an edge
 */
export function clusterEdges(
  edges: readonly MatchEdge[],
  weightOf: (a: string, b: string) => number,
  policy: ClusterPolicy,
): Clustering {
  const groups = new Groups();
  const dropped: DroppedEdge[] = [];
  for (const edge of edges.filter(({ weight }) => weight >= policy.mergeAt).sort(compareEdges)) {
    const left = groups.get(edge.a);
    const right = groups.get(edge.b);
    if (left === right) continue;
    if (left.length + right.length > policy.maxSize) dropped.push({ edge, reason: 'size' });
    else if (!bridgeHolds(left, right, weightOf)) dropped.push({ edge, reason: 'bridge' });
    else groups.union(left, right);
  }
  const clusters = groups
    .all()
    .filter((members) => members.length > 1)
    .map((members) => members.sort(before))
    .sort((left, right) => before(left[0] as string, right[0] as string));
  return { clusters, dropped };
}
