import { type NamespacePolicies, policyOf } from '../namespace-policy.js';
import type { ConstrainedClusters } from './clusters.js';
import type { DroppedEdge, Edge } from './edges.js';
import { isEarlier, isProof, type Link, linkKey } from './evidence.js';
import { namesPerson } from './names-person.js';
import { claimKey, isClaim, isDevice, namespaceOf, partsOfClaim, spanKey } from './node.js';
import type { Holding } from './holding.js';
import type { Sharing } from './sharing.js';

/** The claimant behind an unproved link, before devices are cut into spans. */
export function claimantOf({ a, b }: Link, policies: NamespacePolicies): string {
  if (isClaim(a)) return a;
  if (a === b) return claimKey(b, '');
  return namesPerson(b, policies) ? claimKey(b, a) : a;
}

/** Everybody who merely claims to be someone, in order. */
export function claimsIn(links: readonly Link[], policies: NamespacePolicies): string[] {
  const claimants = links.filter((link) => !isProof(link)).map((link) => claimantOf(link, policies));
  return [...new Set(claimants.filter(isClaim))].sort();
}

/**
 * A claim is proved where the same person proved to be on that device; without a device it follows the proved one.
 * What is said on a device once it is shared, as claim or as proof, counts for nobody.
 */
export function proveClaims(
  claims: string[],
  { links, sharing }: { links: readonly Link[]; sharing: Sharing },
  clusters: ConstrainedClusters,
): void {
  const isShared = (key: string, at: number) => at >= (sharing.get(key) ?? Number.POSITIVE_INFINITY);
  const counting = links.filter(({ a, b, at }) => !isShared(a, at) && !isShared(b, at));
  const said = new Set(counting.map(linkKey));
  for (const claim of claims) {
    const { person, device } = partsOfClaim(claim);
    const isProved =
      device === ''
        ? clusters.has(person)
        : said.has(linkKey({ a: person, b: device, rule: 'event' })) &&
          said.has(linkKey({ a: device, b: person, rule: 'claim' }));
    if (isProved) clusters.join(claim, person, { limits: false, weak: false });
  }
}

/**
 * Says who holds what nobody has proved: its first claimant, while that one may have more of its kind. Everybody
 * else's claim is dropped.
 * @param starts where the later spans of each device begin
 */
export function holdClaims(
  evidence: { proved: ReadonlySet<string>; links: readonly Link[]; starts: ReadonlyMap<string, number[]> },
  clusters: ConstrainedClusters,
  policies: NamespacePolicies,
): { holdings: Holding[]; dropped: DroppedEdge[] } {
  const nodeOf = (link: Link) => {
    const claimant = claimantOf(link, policies);
    if (!isDevice(claimant)) return claimant;
    const since = (evidence.starts.get(claimant) ?? []).filter((start) => start <= link.at);
    return spanKey(claimant, Math.max(0, ...since));
  };
  const holdings: Holding[] = [];
  const dropped: DroppedEdge[] = [];
  for (const [key, claims] of byClaimed(evidence.links, policies)) {
    const free = !evidence.proved.has(key);
    const [first] = claims;
    const holder = free && first ? nodeOf(first) : key;
    const held = free && clusters.hold(holder, key);
    if (free) holdings.push({ key, since: 0, node: held ? holder : null, verified: false });
    if (held) clusters.join(claimKey(key, ''), holder, { limits: false, weak: false });
    for (const link of claims) {
      const edge: Edge = { a: nodeOf(link), b: key, kind: 'claim', weight: 0, at: link.at, id: link.eventId };
      if (clusters.together(edge.a, holder) && (held || !free)) continue;
      dropped.push({ ...edge, reason: free && link === first ? 'limit' : 'unproved' });
    }
  }
  return { holdings, dropped };
}

/** Claimed identifier → its claims, the earliest first; strongest identifiers first. */
function byClaimed(links: readonly Link[], policies: NamespacePolicies): [string, Link[]][] {
  const groups = new Map<string, Link[]>();
  for (const link of links) {
    if (isProof(link)) continue;
    const group = groups.get(link.b);
    if (group) group.push(link);
    else groups.set(link.b, [link]);
  }
  for (const group of groups.values()) group.sort((x, y) => (isEarlier(x, y) ? -1 : 1));
  const priority = (key: string) => policyOf(namespaceOf(key), policies).priority;
  return [...groups].sort(([x], [y]) => priority(x) - priority(y) || (x < y ? -1 : 1));
}
