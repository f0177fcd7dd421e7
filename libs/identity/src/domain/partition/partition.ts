import type { NamespacePolicies } from '../namespace-policy.js';
import { ConstrainedClusters } from './clusters.js';
import { placeDevices } from './devices.js';
import {
  type DroppedEdge,
  type Edge,
  edgesOf,
  inOrder,
  type MatchLink,
  type MatchRules,
  tryEdge,
} from './edges.js';
import { isProof, type Link, type SignOut } from './evidence.js';
import { claimsIn, holdClaims, proveClaims } from './claims.js';
import type { Holding } from './holding.js';
import { isDevice, spanKey } from './node.js';
import { sharedSince, type Sharing } from './sharing.js';

/** What a person said about two nodes: always wins, the latest word first. */
export interface Verdict {
  id: string;
  a: string;
  b: string;
  verdict: 'same' | 'different';
  /** Milliseconds since the epoch. */
  at: number;
}

/** All that is known of a part of the graph. */
export interface Component {
  /** Proved identifiers and devices that some event carried. */
  seen: readonly string[];
  /** Identifiers that somebody here merely claims and somebody elsewhere has proved. */
  provedElsewhere: ReadonlySet<string>;
  links: readonly Link[];
  signOuts: readonly SignOut[];
  verdicts: readonly Verdict[];
  matches: readonly MatchLink[];
}

/** Who is who. */
export interface Partition {
  /** Every node's cluster, each as its nodes in order. */
  clusters: string[][];
  holdings: Holding[];
  /** What joined the clusters, in the order in which it was tried; what says the same once more is left out. */
  kept: Edge[];
  dropped: DroppedEdge[];
  sharing: Sharing;
}

/**
 * Says which identifiers are one person's. A pure function of what was said, with event times, of people's verdicts
 * and of matches: the order of arrival does not matter.
 *
 * 1. Verdicts, the latest first. 2. Identifiers that proved events named together, then matches, in the order
 * (priority, weight, event time, id), each only where no limit, verdict, sharing or weakness is against it.
 * 3. Devices go to who signed in first. 4. What was merely claimed is held by its first claimant.
 */
export function partition(component: Component, policies: NamespacePolicies, match?: MatchRules): Partition {
  const sharing = sharedSince(component.links, policies);
  const clusters = new ConstrainedClusters(policies);
  const claims = claimsIn(component.links, policies);
  for (const node of [...component.seen, ...claims]) clusters.add(node);
  const kept: Edge[] = [];
  const dropped: DroppedEdge[] = [];
  const verdicts = latestFirst(component.verdicts);
  const waiting = verdicts.filter((verdict) => !follow(verdict, clusters, kept));
  const matches = component.matches.map((link): Edge => ({ ...link, kind: 'match' }));
  const edges = [...edgesOf(component.links), ...matches].filter(
    ({ a, b, kind, weight }) =>
      clusters.has(a) && clusters.has(b) && (kind !== 'match' || weight >= (match?.mergeAt ?? Infinity)),
  );
  for (const edge of inOrder(edges, policies)) {
    if (clusters.together(edge.a, edge.b)) continue;
    const reason = tryEdge(edge, clusters, { policies, sharing, ...(match && { match }) });
    if (reason === undefined) kept.push(edge);
    else dropped.push({ ...edge, reason });
  }
  proveClaims(claims, { links: component.links, sharing }, clusters);
  const devices = component.seen.filter(isDevice);
  const byDevice = {
    links: grouped(component.links, (link) => (isProof(link) ? link.b : link.a)),
    signOuts: grouped(component.signOuts, ({ device }) => device),
    sharing,
  };
  const placed = placeDevices([...devices].sort(), byDevice, clusters, policies);
  const late = component.seen.filter((key) => !isDevice(key) && sharing.has(key));
  for (const key of late) clusters.add(spanKey(key, sharing.get(key) ?? 0));
  for (const verdict of waiting) follow(verdict, clusters, kept);
  const proved = new Set([...component.seen, ...component.provedElsewhere]);
  const held = holdClaims({ proved, links: component.links, starts: placed.starts }, clusters, policies);
  return {
    clusters: clusters.all().map((members) => [...members].sort()),
    holdings: [
      ...holdings(component.seen, claims, placed.starts, { sharing, links: component.links }),
      ...held.holdings,
    ],
    kept: [...kept, ...placed.kept],
    dropped: [...dropped, ...placed.dropped, ...held.dropped],
    sharing,
  };
}

function latestFirst(verdicts: readonly Verdict[]): Verdict[] {
  return [...verdicts].sort((x, y) => y.at - x.at || (x.id < y.id ? 1 : -1));
}

/** @returns false when not both nodes are there yet */
function follow({ id, a, b, verdict, at }: Verdict, clusters: ConstrainedClusters, kept: Edge[]): boolean {
  if (!clusters.has(a) || !clusters.has(b)) return false;
  if (verdict === 'different') clusters.keepApart(a, b);
  else if (!clusters.together(a, b) && clusters.join(a, b, { limits: false, weak: false }) === undefined)
    kept.push({ a, b, kind: 'verdict', weight: 0, at, id });
  return true;
}

function holdings(
  seen: readonly string[],
  claims: readonly string[],
  starts: ReadonlyMap<string, number[]>,
  { sharing, links }: { sharing: Sharing; links: readonly Link[] },
): Holding[] {
  const proved = new Set(links.filter(isProof).map(({ b }) => b));
  const spans = (key: string): number[] => {
    if (isDevice(key)) return [0, ...(starts.get(key) ?? [])];
    const since = sharing.get(key);
    return since === undefined ? [0] : [0, since];
  };
  return [
    ...seen.flatMap((key) =>
      spans(key).map((since) => ({
        key,
        since,
        node: spanKey(key, since),
        verified: isDevice(key) ? since === 0 && proved.has(key) : true,
      })),
    ),
    ...claims.map((key) => ({ key, since: 0, node: key, verified: false })),
  ];
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
